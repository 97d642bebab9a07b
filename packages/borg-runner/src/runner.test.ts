/** What a run tells, with the scripted borg: one behaviour each. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { allOf, atWork, endOf, fakeScene, logLines } from './fixtures/scene.js'
import { borgRunner } from './runner.js'

/** Runs once with the behaviour; gives the reports and the scene, which is cleaned up afterwards. */
const once = async (
  behaviour: Parameters<typeof fakeScene>[0],
  look: (reports: Awaited<ReturnType<typeof allOf>>, place: Awaited<ReturnType<typeof fakeScene>>) => void | Promise<void>,
  changes: Parameters<typeof fakeScene>[1] = {},
): Promise<void> => {
  const place = await fakeScene(behaviour, changes)
  try {
    await look(await allOf(place.runner.run(place.request())), place)
  } finally {
    await place.runner.close()
    place.clean()
  }
}

test('a good run tells of its spawn, its progress and its end, in this order', () =>
  once({ kind: 'succeed' }, (reports) => {
    assert.equal(
      reports.map(({ tag }) => tag),
      ['Spawned', 'Progressed', 'Ended'],
    )
    const { evidence } = endOf(reports)
    assert.equal(evidence.exit, { code: 0, signal: null })
    assert.is(evidence.archive?.name, 'series-20261123T181500Z')
    assert.is(evidence.archive?.originalBytes, 3_000)
    assert.is(evidence.borgVersion, '1.2.4')
    assert.is(evidence.lastError, null)
    assert.is(evidence.looked, false, 'borg itself reported the archive')
  }))

test('a file that changed while it was read is counted as its own kind of warning', () =>
  once({ kind: 'warn' }, (reports) => {
    const { evidence } = endOf(reports)
    assert.is(evidence.exit?.code, 1)
    assert.equal(evidence.warnings, [{ code: 'files-changed', message: 'source/file: file changed while we backed it up', count: 1 }])
  }))

test('a failed run names borg’s last error, and the repository is looked into for the archive', () =>
  once({ kind: 'fail', msgid: 'ConnectionClosed', message: 'gone', exitCode: 80 }, (reports) => {
    const { evidence } = endOf(reports)
    assert.equal(evidence.lastError, { msgid: 'ConnectionClosed', message: 'gone' })
    assert.is(evidence.archive, null)
    assert.is(evidence.looked, true)
  }))

test('an archive that was made before borg failed is found by its job id', () =>
  once({ kind: 'fail', msgid: 'Exception', message: 'late', archiveMade: true }, (reports, { repository }) => {
    const { evidence } = endOf(reports)
    assert.is(evidence.exit?.code, 2)
    assert.is(evidence.archive?.name, 'series-20261123T181500Z')
    assert.is(evidence.archive?.files, 3)
    assert.match(readFileSync(join(repository.location, 'config'), 'utf8'), evidence.borgId ?? 'no id')
  }))

test('an archive of the same name that another job made is not ours', async () => {
  const place = await fakeScene({ kind: 'fail', archiveMade: true })
  const request = place.request()
  const others = { ...request, jobId: 'job-10' }
  const { evidence } = endOf(await allOf(place.runner.run(others)))
  assert.is(evidence.looked, true)
  assert.is(evidence.archive, null, 'its comment says job=job-1')
  await place.runner.close()
  place.clean()
})

test('a wrong passphrase is not looked behind', () =>
  once({ kind: 'fail', msgid: 'PassphraseWrong' }, (reports) => {
    assert.is(endOf(reports).evidence.looked, false)
  }))

test('borg that ends before it has said anything leaves its exit code', () =>
  once({ kind: 'exit-before-output', exitCode: 7 }, (reports) => {
    assert.equal(endOf(reports).evidence.exit, { code: 7, signal: null })
  }))

test('a line that comes in pieces, within a character too, is read as one', () =>
  once({ kind: 'half-lines' }, (reports, place) => {
    assert.is(endOf(reports).evidence.warnings[0]?.message, 'a line in pieces: ü€😀')
    assert.is(logLines(place).filter((line) => line.includes('a line in pieces: ü€😀')).length, 1)
  }))

test('lines that are no JSON are kept as text and fail nothing', () =>
  once({ kind: 'bad-json' }, (reports, place) => {
    const { evidence } = endOf(reports)
    assert.is(evidence.exit?.code, 0)
    assert.is(evidence.archive?.files, 3)
    assert.equal(evidence.warnings, [{ code: 'borg-warning', message: 'glued', count: 1 }])
    const log = logLines(place).join('\n')
    assert.match(log, '{"type": "log_message", "message": "cut in the mid')
    assert.match(log, '"something_new"')
    assert.ok(log.includes('x'.repeat(1024 * 1024 - 1)), 'a line of a megabyte is kept')
    assert.not.match(log, '\0')
  }))

test('a passphrase that cannot be had ends the run before it begins', () =>
  once(
    { kind: 'succeed' },
    async (_, place) => {
      const request = place.request({}, 'run-2')
      const reports = await allOf(place.runner.run({ ...request, repository: { ...request.repository, passphrase: { env: 'MISSING' } } }))
      const { evidence } = endOf(reports)
      assert.equal(evidence.lastError, { msgid: 'PasscommandFailure', message: 'MISSING is not set' })
      assert.is(evidence.exit, null)
      assert.equal(await place.runner.inspect('run-2')(), { report: 'never', liveness: 'gone' })
    },
    { resolveSecret: (ref) => ('env' in ref ? TE.left({ message: `${ref.env} is not set` }) : TE.right('secret')) },
  ))

test('a borg that is not there is told in the words of the shell', () =>
  once({ kind: 'succeed' }, async (_, place) => {
    const request = place.request({}, 'run-2')
    const missing = { ...request, repository: { ...request.repository, executable: '/nowhere/borg' } }
    const { evidence } = endOf(await allOf(place.runner.run(missing)))
    assert.is(evidence.exit?.code, 127)
    assert.match(evidence.lastError?.message ?? '', '/nowhere/borg')
    assert.is((await place.runner.preflight(missing)()).executableProblem, '/nowhere/borg is no program that can be run')
  }))

test('the preflight names a tool of the shell that is missing', async () => {
  const place = await fakeScene({ kind: 'succeed' })
  const bare = borgRunner({ ...place.options, env: { PATH: '/nowhere' } })
  assert.is((await bare.preflight(place.request())()).executableProblem, 'there is no flock on the path')
  await bare.close()
  await place.runner.close()
  place.clean()
})

test('a run that was started before is followed, never started again', () =>
  once({ kind: 'succeed' }, async (first, place) => {
    const again = await allOf(place.runner.run(place.request()))
    assert.equal(endOf(again), endOf(first))
    assert.is(JSON.parse(readFileSync(join(place.repository.location, 'archives.json'), 'utf8')).length, 1)
  }))

test('two who ask for the same run at once hear the same of one process', async () => {
  const place = await fakeScene({ kind: 'slow', lines: 5, everyMs: 30 })
  const [one, other] = await Promise.all([allOf(place.runner.run(place.request())), allOf(place.runner.run(place.request()))])
  assert.equal(one, other)
  assert.is(logLines(place).filter((line) => line.includes('step 3 of 5')).length, 1)
  await place.runner.close()
  place.clean()
})

test('sources that are gone after the run are named, and before it by the preflight', () =>
  once({ kind: 'succeed' }, async (_, place) => {
    const sources = [place.source, join(place.folder, 'not-there')]
    const request = place.request({ sources }, 'run-2')
    const { evidence } = endOf(await allOf(place.runner.run(request)))
    assert.equal(evidence.missingSources, [join(place.folder, 'not-there')])
    const { missingSources, ...problems } = await place.runner.preflight(request)()
    assert.equal(missingSources, [join(place.folder, 'not-there')])
    assert.equal(problems, { passphraseProblem: null, executableProblem: null })
  }))

test('a log that cannot be written is a warning, and the job goes on', async () => {
  const place = await fakeScene({ kind: 'succeed' })
  await allOf(place.runner.run(place.request({}, 'run-0')))
  rmSync(join(place.options.dataDir, 'logs'), { recursive: true })
  writeFileSync(join(place.options.dataDir, 'logs'), 'a file stands in the way')
  const end = endOf(await allOf(place.runner.run(place.request())))
  assert.is(end.evidence.exit?.code, 0)
  assert.is(end.evidence.warnings[0]?.code, 'log-not-written')
  assert.is(end.logBytes, null)
  await place.runner.close()
  place.clean()
})

test('a folder of runs that cannot be written ends the run before it begins, and says why', async () => {
  const place = await fakeScene({ kind: 'succeed' })
  writeFileSync(join(place.options.dataDir, 'runs'), 'a file stands in the way')
  const { evidence } = endOf(await allOf(place.runner.run(place.request())))
  assert.is(evidence.exit, null)
  assert.match(evidence.lastError?.message ?? '', 'ENOTDIR')
  await place.runner.close()
  place.clean()
})

test('a closed runner leaves its run alone; the next runner follows it to its end', async () => {
  const place = await fakeScene({ kind: 'slow', lines: 40, everyMs: 20 })
  const reports = place.runner.run(place.request())
  const first = allOf(reports)
  await atWork(reports)
  await place.runner.close()
  assert.not((await first).some(({ tag }) => tag === 'Ended'))
  assert.equal(await place.runner.inspect('run-1')(), { report: 'none', liveness: 'alive' })
  const next = borgRunner(place.options)
  const { evidence } = endOf(await allOf(next.follow(place.request())))
  assert.is(evidence.exit?.code, 0)
  assert.is(logLines(place).filter((line) => line.includes(' of 40')).length, 40)
  await next.close()
  place.clean()
})

test('an id that could be a path is refused', async () => {
  const place = await fakeScene({ kind: 'succeed' })
  assert.throws(() => place.runner.inspect('../elsewhere'))
  const refused = await allOf(place.runner.run({ ...place.request(), jobId: '../../job' })).catch((error: Error) => error.message)
  assert.is(refused, 'not an id: "../../job"')
  assert.not(existsSync(join(place.folder, 'job.log')))
  await place.runner.close()
  place.clean()
})

test('an existing repository is left as it is', () =>
  once({ kind: 'succeed' }, async (_, place) => {
    const again = await place.runner.create(place.repository, 'none')()
    assert.ok(E.isLeft(again) && again.left.tag === 'BorgFailed')
    assert.is(again.left.msgid, 'Repository.AlreadyExists')
    const identity = await place.runner.identify(place.repository)()
    assert.ok(E.isRight(identity) && /^[0-9a-f]{64}$/.test(identity.right.borgId))
  }))

test.run()
