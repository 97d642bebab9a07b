/** What a run tells, with the scripted borg: one behaviour each. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { allOf, backupEnd, fakeScene, logLines, once } from './fixtures/scene.js'
import { canMount, mountSmall } from './fixtures/small-disk.js'

test('a good run tells of its spawn, its progress and its end, in this order', () =>
  once({ kind: 'succeed' }, (reports) => {
    assert.equal(
      reports.map(({ tag }) => tag),
      ['Spawned', 'Progressed', 'Ended'],
    )
    const { evidence } = backupEnd(reports)
    assert.equal(evidence.exit, { code: 0, signal: null })
    assert.is(evidence.archive?.name, 'series-20261123T181500Z')
    assert.is(evidence.archive?.originalBytes, 3_000)
    assert.is(evidence.borgVersion, '1.2.4')
    assert.is(evidence.lastError, null)
    assert.is(evidence.looked, false, 'borg itself reported the archive')
  }))

test('a file that changed while it was read is counted as its own kind of warning', () =>
  once({ kind: 'warn' }, (reports) => {
    const { evidence } = backupEnd(reports)
    assert.is(evidence.exit?.code, 1)
    assert.equal(evidence.warnings, [{ code: 'files-changed', message: 'source/file: file changed while we backed it up', count: 1 }])
  }))

test('a failed run names borg’s last error, and the repository is looked into for the archive', () =>
  once({ kind: 'fail', msgid: 'ConnectionClosed', message: 'gone', exitCode: 80 }, (reports) => {
    const { evidence } = backupEnd(reports)
    assert.equal(evidence.lastError, { msgid: 'ConnectionClosed', message: 'gone' })
    assert.is(evidence.archive, null)
    assert.is(evidence.looked, true)
  }))

test('an archive that was made before borg failed is found by its job id', () =>
  once({ kind: 'fail', msgid: 'Exception', message: 'late', archiveMade: true }, (reports, { repository }) => {
    const { evidence } = backupEnd(reports)
    assert.is(evidence.exit?.code, 2)
    assert.is(evidence.archive?.name, 'series-20261123T181500Z')
    assert.is(evidence.archive?.files, 3)
    assert.match(readFileSync(join(repository.location, 'config'), 'utf8'), evidence.borgId ?? 'no id')
  }))

test('an archive of the same name that another job made is not ours', async () => {
  const place = await fakeScene({ kind: 'fail', archiveMade: true })
  const request = place.request()
  const others = { ...request, jobId: 'job-10' }
  const { evidence } = backupEnd(await allOf(place.runner.run(others)))
  assert.is(evidence.looked, true)
  assert.is(evidence.archive, null, 'its comment says job=job-1')
  await place.runner.close()
  place.clean()
})

test('a wrong passphrase is not looked behind', () =>
  once({ kind: 'fail', msgid: 'PassphraseWrong' }, (reports) => {
    assert.is(backupEnd(reports).evidence.looked, false)
  }))

test('borg that ends before it has said anything leaves its exit code', () =>
  once({ kind: 'exit-before-output', exitCode: 7 }, (reports) => {
    assert.equal(backupEnd(reports).evidence.exit, { code: 7, signal: null })
  }))

test('a line that comes in pieces, within a character too, is read as one', () =>
  once({ kind: 'half-lines' }, (reports, place) => {
    assert.is(backupEnd(reports).evidence.warnings[0]?.message, 'a line in pieces: ü€😀')
    assert.is(logLines(place).filter((line) => line.includes('a line in pieces: ü€😀')).length, 1)
  }))

test('lines that are no JSON are kept as text and fail nothing', () =>
  once({ kind: 'bad-json' }, (reports, place) => {
    const { evidence } = backupEnd(reports)
    assert.is(evidence.exit?.code, 0)
    assert.is(evidence.archive?.files, 3)
    assert.equal(evidence.warnings, [{ code: 'borg-warning', message: 'glued', count: 1 }])
    const log = logLines(place).join('\n')
    assert.match(log, '{"type": "log_message", "message": "cut in the mid')
    assert.match(log, '"something_new"')
    assert.ok(log.includes('x'.repeat(1024 * 1024 - 1)), 'a line of a megabyte is kept')
    assert.not.match(log, '\0')
  }))

test('a log that cannot be written is a warning, and the job goes on', async () => {
  const place = await fakeScene({ kind: 'succeed' })
  await allOf(place.runner.run(place.request({}, 'run-0')))
  rmSync(join(place.options.dataDir, 'logs'), { recursive: true })
  writeFileSync(join(place.options.dataDir, 'logs'), 'a file stands in the way')
  const end = backupEnd(await allOf(place.runner.run(place.request())))
  assert.is(end.evidence.exit?.code, 0)
  assert.is(end.evidence.warnings[0]?.code, 'log-not-written')
  assert.is(end.logBytes, null)
  await place.runner.close()
  place.clean()
})

const onSmallDisk = canMount ? test : test.skip

onSmallDisk('a disk that is full under the logs costs the log its end, and the job nothing', async () => {
  const place = await fakeScene({ kind: 'flood', linesPerSecond: 20_000, seconds: 0.2, lineBytes: 200 })
  const logs = join(place.options.dataDir, 'logs')
  mkdirSync(logs)
  const unmount = mountSmall(logs, 64 * 1024)
  try {
    const { evidence, logBytes } = backupEnd(await allOf(place.runner.run(place.request())))
    assert.equal([evidence.exit?.code, evidence.archive === null], [0, false])
    const trouble = evidence.warnings.find(({ code }) => code === 'log-not-written')
    assert.match(trouble?.message ?? '', /ENOSPC/)
    assert.ok((logBytes ?? 0) <= 64 * 1024)
  } finally {
    await place.runner.close()
    unmount()
    place.clean()
  }
})

test.run()
