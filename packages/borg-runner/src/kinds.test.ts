/** Faults of every kind of run, and what an heir of a crashed host still knows of one; with the scripted borg. */
import type { RunWork } from '@borgledger/domain'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { fewAreTold } from './fixtures/few-are-told.js'
import { allOf, atWork, endOf, evidenceIn, type FakeScene, fakeScene, heldScene } from './fixtures/scene.js'
import { borgRunner } from './runner.js'

const archive = 'series-20261123T181500Z'
const check = { kind: 'check', mode: 'full', verifyData: true, maxDurationMs: null, last: null } as const
const works: ReadonlyArray<RunWork> = [
  { kind: 'extract', archive, paths: [], destination: { path: '/tmp' }, stripComponents: 0 },
  check,
  { kind: 'compact', threshold: null },
  { kind: 'prune-plan', keep: { last: 1 }, pattern: '*' },
  { kind: 'prune', keep: { last: 1 }, pattern: '*' },
  { kind: 'delete', archive },
  { kind: 'restore-check', archive, paths: [], mode: 'dry-run' },
]
const commandOf = { extract: 'extract', 'restore-check': 'extract', 'prune-plan': 'prune' } as const

const withArchive = async (behaviour: Parameters<typeof fakeScene>[0]): Promise<FakeScene> => {
  const place = await fakeScene(behaviour)
  await allOf(place.runner.run(place.request({}, 'run-0')))
  return place
}
const end = async (place: FakeScene): Promise<void> => {
  await place.runner.close()
  place.clean()
}

for (const work of works) {
  const on = work.kind in commandOf ? commandOf[work.kind as keyof typeof commandOf] : (work.kind as 'check')

  test(`${work.kind}: a failure is told with borg’s own key and its exit code`, async () => {
    const place = await withArchive({ kind: 'fail', on, msgid: 'LockTimeout', message: 'locked', exitCode: 73 })
    const { evidence } = endOf(await allOf(place.runner.run(place.ask(work))))
    assert.is(evidence.kind, work.kind)
    assert.equal(evidence.exit, { code: 73, signal: null })
    assert.equal(evidence.lastError, { msgid: 'LockTimeout', message: 'locked' })
    assert.equal(evidence.lock, { outcome: 'not-needed', holder: null }, 'somebody looked, and the lock was free again')
    await end(place)
  })

  test(`${work.kind}: without a repository there is nothing to run`, async () => {
    const place = await withArchive({ kind: 'succeed' })
    const { evidence } = endOf(await allOf(place.runner.run({ ...place.ask(work), repository: null })))
    assert.is(evidence.exit, null)
    assert.match(evidence.lastError?.message ?? '', 'needs a repository')
    await end(place)
  })
}

test('a check that finds thousands of damaged places counts them and keeps the first', async () => {
  const place = await fakeScene({ kind: 'problems', on: 'check', count: 5_000 })
  const evidence = evidenceIn(await allOf(place.runner.run(place.ask(check))), 'check')
  assert.equal([evidence.problems, evidence.exit?.code], [5_001, 1])
  assert.match(evidence.firstProblem ?? '', 'segment 0,')
  await end(place)
})

test('of three thousand lines a second that a check of the data writes, few are told and none is in the log', async () => {
  const place = await heldScene({ kind: 'flood', on: 'check', linesPerSecond: 3_000, seconds: 2, progress: true })
  await fewAreTold(place, place.ask(check))
  await end(place)
})

test('an archive of another series appears in the lists and stays out of the plan', async () => {
  const place = await withArchive({ kind: 'succeed' })
  const other = place.request({}, 'run-other')
  await allOf(place.runner.run({ ...other, work: { ...other.work, archive: 'other-1' } as RunWork }))
  const plan = evidenceIn(
    await allOf(place.runner.run(place.ask({ kind: 'prune-plan', keep: { last: 0, daily: 1 }, pattern: 'other-*' }))),
    'prune-plan',
  )
  assert.equal([plan.keeps, plan.prunes], [['other-1'], []])
  assert.is(plan.archives?.length, 2)
  await end(place)
})

test('a delete that outlives its host is told by the next one, with the list from before it began', async () => {
  const place = await heldScene({ kind: 'slow', on: 'delete', lines: 1, everyMs: 1 })
  await allOf(place.runner.run(place.request({}, 'run-0')))
  const request = place.ask({ kind: 'delete', archive })
  const reports = place.runner.run(request)
  const first = allOf(reports)
  await atWork(reports)
  await place.runner.close()
  assert.not((await first).some(({ tag }) => tag === 'Ended'))
  place.release()
  const next = borgRunner(place.options)
  const { before, after, exit } = evidenceIn(await allOf(next.follow(request)), 'delete')
  assert.equal(exit, { code: 0, signal: null })
  assert.equal([before?.map(({ name }) => name), after], [[archive], []])
  await next.close()
  place.clean()
})

test.run()
