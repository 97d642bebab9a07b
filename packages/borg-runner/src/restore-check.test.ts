/** Is what comes back what was saved? With real borg; differences are made by the scripted one. */
import { existsSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type Archived, archived, first, second } from './fixtures/archived.js'
import { allOf, endOf, evidenceIn, fakeScene, hasBorg } from './fixtures/scene.js'
import { borgRunner } from './runner.js'

const it = hasBorg() ? test : test.skip
let place: Archived
test.before(async () => {
  if (hasBorg()) place = await archived()
})
test.after(async () => {
  if (hasBorg()) await place.close()
})

const good = { code: 0, signal: null }
const check = { kind: 'restore-check', archive: 'latest', paths: [], mode: 'extract' } as const
const scratch = (dataDir: string): ReadonlyArray<string> =>
  existsSync(join(dataDir, 'scratch')) ? readdirSync(join(dataDir, 'scratch')) : []

it('the newest archive is restored, compared file by file and by hash, and nothing is left', async () => {
  const evidence = evidenceIn(await place.did(check), 'restore-check')
  assert.equal([evidence.exit, evidence.mismatches, evidence.unmatched], [good, [], []])
  assert.is(evidence.archive, second)
  assert.is(evidence.files, 4)
  assert.is(evidence.hashed, 3, 'the empty one needs none')
  assert.ok(evidence.bytes > 50)
  assert.equal(evidence.warnings, [])
  assert.equal(scratch(place.options.dataDir), [])
})

it('an older archive and a part of it; a path at which there is nothing is told', async () => {
  const paths = [join(place.source, 'below'), join(place.source, 'later')]
  const evidence = evidenceIn(await place.did({ ...check, archive: first, paths }), 'restore-check')
  assert.equal([evidence.archive, evidence.files, evidence.mismatches], [first, 1, []])
  assert.equal(evidence.unmatched, [join(place.source, 'later')])
})

it('a dry run reads everything and writes nothing', async () => {
  const evidence = evidenceIn(await place.did({ ...check, mode: 'dry-run' }), 'restore-check')
  assert.equal([evidence.exit, evidence.archive, evidence.files, evidence.hashed], [good, second, 4, 0])
  assert.equal(scratch(place.options.dataDir), [])
})

it('a name that is no UTF-8 is told as not compared, not as missing', async () => {
  writeFileSync(Buffer.concat([Buffer.from(`${place.source}/odd`), Buffer.from([0xff])]), 'odd')
  await place.archive('odd')
  const evidence = evidenceIn(await place.did({ ...check, archive: 'odd' }), 'restore-check')
  assert.equal(evidence.mismatches, [])
  assert.equal(
    evidence.warnings.map(({ code }) => code),
    ['not-compared'],
  )
})

test('where there is no archive yet, there is no newest one', async () => {
  const fake = await fakeScene({ kind: 'succeed' })
  const evidence = evidenceIn(await allOf(fake.runner.run(fake.ask(check))), 'restore-check')
  assert.is(evidence.exit, null)
  assert.is(evidence.lastError?.msgid, 'Archive.DoesNotExist')
  assert.equal(scratch(fake.options.dataDir), [])
  await fake.runner.close()
  fake.clean()
})

test('a file whose content came back otherwise is named; the same is told to whoever asks again', async () => {
  const fake = await fakeScene({ kind: 'tamper', on: 'extract' })
  await allOf(fake.runner.run(fake.request({}, 'run-0')))
  const reports = await allOf(fake.runner.run(fake.ask(check)))
  const { mismatches, hashed, exit } = evidenceIn(reports, 'restore-check')
  assert.equal([exit, hashed], [good, 3])
  assert.equal(
    mismatches.map(({ what }) => what),
    ['has another content', 'has another content', 'has another content'],
  )
  assert.equal(scratch(fake.options.dataDir), [])
  assert.equal(endOf(await allOf(fake.runner.follow(fake.ask(check)))), endOf(reports))
  await fake.runner.close()
  fake.clean()
})

test('a check that is stopped leaves no files behind', async () => {
  const fake = await fakeScene({ kind: 'hang', on: 'extract', tookEffect: true })
  await allOf(fake.runner.run(fake.request({}, 'run-0')))
  const reports = fake.runner.run(fake.ask(check))
  const all = allOf(reports)
  fake.runner.stop('run-1', [{ signal: 'SIGTERM', target: 'process', waitMsMax: 10_000, untilCheckpoint: false }])
  const evidence = evidenceIn(await all, 'restore-check')
  assert.ok([143, null].includes(evidence.exit?.code ?? null))
  assert.equal(scratch(fake.options.dataDir), [])
  await fake.runner.close()
  fake.clean()
})

test('a new runner clears away what nobody will ask for: old runs that have ended, and files of runs that are gone', async () => {
  const fake = await fakeScene({ kind: 'succeed' })
  for (const runId of ['run-old', 'run-new', 'run-unheard']) await allOf(fake.runner.run(fake.request({}, runId)))
  await fake.runner.close()
  const { dataDir } = fake.options
  const eightDaysAgo = new Date(Date.now() - 8 * 86_400_000)
  utimesSync(join(dataDir, 'runs', 'run-old', 'told'), eightDaysAgo, eightDaysAgo)
  for (const file of ['tail', 'exit']) utimesSync(join(dataDir, 'runs', 'run-unheard', file), eightDaysAgo, eightDaysAgo)
  rmSync(join(dataDir, 'runs', 'run-unheard', 'told'))
  for (const runId of ['run-gone', 'run-new']) mkdirSync(join(dataDir, 'scratch', runId, 'files'), { recursive: true })
  mkdirSync(join(dataDir, 'runs', 'run-never'))
  const next = borgRunner(fake.options)
  await next.close()
  assert.equal(readdirSync(join(dataDir, 'runs')).sort(), ['run-never', 'run-new', 'run-unheard'])
  assert.equal(scratch(dataDir), ['run-new'])
  fake.clean()
})

test.run()
