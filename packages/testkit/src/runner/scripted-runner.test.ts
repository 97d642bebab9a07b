import { type RunKind, type RunWork, stopLadderOf } from '@borgledger/domain'
import type { RunReport, RunRequest } from '@borgledger/engine'
import * as E from 'fp-ts/lib/Either.js'
import type { Observable } from 'rxjs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { evidence, evidenceOf, runWork, scriptedRunner, workOf } from '../index.js'

const request = (runId = 'run_1'): RunRequest => ({
  runId,
  jobId: 'job_1',
  repository: { location: '/backups/laptop', passphrase: null, executable: null },
  work: { kind: 'create', archive: 'laptop-1', comment: 'series=laptop job=job_1', spec: workOf('backup').spec },
})

/** The tags heard, and a promise of the end of the telling. */
const listenTo = (telling: Observable<RunReport>) => {
  const reports: RunReport[] = []
  const over = new Promise<string>((resolve) => {
    telling.subscribe({
      next: (report) => void reports.push(report),
      complete: () => resolve('complete'),
      error: (error: Error) => resolve(error.message),
    })
  })
  return { reports, tags: () => reports.map((report) => report.tag), over }
}
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
const ladder = stopLadderOf('create')

test('a run that succeeds is spawned, makes the archive asked for and ends', async () => {
  const heard = listenTo(scriptedRunner().run(request()))
  assert.is(await heard.over, 'complete')
  assert.equal(heard.tags(), ['Spawned', 'Ended'])
  const end = heard.reports[1]
  assert.is(end?.tag === 'Ended' && end.evidence.kind === 'create' && end.evidence.archive?.name, 'laptop-1')
})

const kinds: ReadonlyArray<RunKind> = [
  'create',
  'extract',
  'check',
  'compact',
  'prune-plan',
  'prune',
  'delete',
  'restore-check',
  'script',
  'package',
]
for (const kind of kinds) {
  test(`a run of kind ${kind} succeeds, fails, vanishes and is stopped with evidence of its own kind`, async () => {
    for (const does of ['succeed', 'warn', 'fail', 'vanish', 'hang'] as const) {
      const runner = scriptedRunner({ does, warnings: [] })
      const heard = listenTo(runner.run({ ...request(), work: runWork(kind) }))
      if (does === 'hang') runner.stop('run_1', ladder)
      assert.is(await heard.over, 'complete')
      const end = heard.reports.at(-1)
      assert.is(end?.tag === 'Ended' && end.evidence.kind, kind, does)
    }
  })
}

test('a repository holds the archives that were made in it, until a prune or a delete takes them', async () => {
  const runner = scriptedRunner()
  const names = async () => {
    const archives = await runner.archives({ location: '/backups/laptop', passphrase: null, executable: null })()
    return E.isRight(archives) ? archives.right.map(({ name }) => name) : []
  }
  const run = async (work: RunWork) => {
    const heard = listenTo(runner.run({ ...request(`run_${runner.runs.size}`), work }))
    await heard.over
    return heard.reports.at(-1)
  }
  assert.equal(await names(), [])
  const made = ['laptop-20261101T021300Z', 'laptop-20261102T021300Z', 'media-20261102T021300Z']
  for (const archive of made) await run(runWork('create', { archive }))
  assert.equal(await names(), made)
  const plan = await run(runWork('prune-plan'))
  assert.equal(plan?.tag === 'Ended' && plan.evidence.kind === 'prune-plan' && plan.evidence.prunes, made.slice(0, 1))
  await run(runWork('prune'))
  assert.equal(await names(), made.slice(1))
  await run(runWork('delete', { archive: 'media-20261102T021300Z' }))
  assert.equal(await names(), made.slice(1, 2))
})

test('a run that leaves what the test says ends at once', async () => {
  const seen = evidenceOf('check', { problems: 2 })
  const heard = listenTo(scriptedRunner({ does: 'leave', evidence: seen }).run({ ...request(), work: runWork('check') }))
  await heard.over
  assert.equal(heard.reports.at(-1), { tag: 'Ended', evidence: seen, logBytes: null })
})

test('runs behave as scripted in the order of their starts, the last for all that come after', async () => {
  const runner = scriptedRunner({ does: 'warn', warnings: [] }, { does: 'fail', exit: { code: 52, signal: null } })
  const codes: unknown[] = []
  for (const id of ['a', 'b', 'c']) {
    const heard = listenTo(runner.run(request(id)))
    await heard.over
    const end = heard.reports.at(-1)
    codes.push(end?.tag === 'Ended' ? end.evidence.exit?.code : null)
  }
  assert.equal(codes, [107, 52, 52])
  assert.equal([...runner.runs.keys()], ['a', 'b', 'c'])
})

test('a run id that was started before is followed, never started again', async () => {
  const runner = scriptedRunner({ does: 'hang' })
  const started: string[] = []
  runner.started$.subscribe((run) => started.push(run.request.runId))
  const first = listenTo(runner.run(request()))
  const second = listenTo(runner.run(request()))
  runner.finish('run_1', evidence())
  await Promise.all([first.over, second.over])
  assert.equal(started, ['run_1'])
  assert.equal(second.tags().at(-1), 'Ended')
})

test('a run that hangs ends at the rung it heeds, each rung reported, and asking twice is fine', async () => {
  const runner = scriptedRunner({ does: 'hang', heedsRung: 3 })
  const heard = listenTo(runner.run(request()))
  await turn()
  assert.ok(runner.runs.get('run_1')?.isAlive())
  runner.stop('run_1', ladder)
  runner.stop('run_1', ladder)
  await heard.over
  assert.equal(heard.tags(), ['Spawned', 'Signalled', 'Signalled', 'Signalled', 'Ended'])
  assert.equal(
    runner.runs.get('run_1')?.signals.map((rung) => rung.signal),
    ['SIGINT', 'SIGTERM', 'SIGKILL'],
  )
})

test('the traces of a run say whether it was started, lives, ended or vanished', async () => {
  const runner = scriptedRunner({ does: 'hang' })
  const traces = (runId: string) => runner.inspect(runId)()
  assert.equal(await traces('run_1'), { report: 'never', liveness: 'gone' })
  for (const id of ['run_1', 'run_2', 'run_3']) runner.run(request(id)).subscribe()
  assert.equal(await traces('run_1'), { report: 'none', liveness: 'alive' })
  runner.finish('run_1', evidence())
  runner.vanish('run_2')
  runner.hide('run_3')
  assert.equal(await traces('run_1'), { report: 'ended', liveness: 'gone' })
  assert.equal(await traces('run_2'), { report: 'none', liveness: 'gone' })
  assert.equal(await traces('run_3'), { report: 'none', liveness: 'unknown' })
})

test('a lost worker breaks the telling off, and whoever follows hears the end', async () => {
  const runner = scriptedRunner({ does: 'lose-worker' })
  const broken = listenTo(runner.run(request()))
  assert.is(await broken.over, 'the worker is gone')
  const followed = listenTo(runner.follow(request()))
  await turn()
  runner.loseWorker('run_1')
  assert.is(await followed.over, 'the worker is gone')
  const again = listenTo(runner.follow(request()))
  runner.finish('run_1', evidence())
  assert.is(await again.over, 'complete')
})

test('closing ends the telling and no run; another engine may follow it', async () => {
  const runner = scriptedRunner({ does: 'hang' })
  const first = listenTo(runner.run(request()))
  await runner.close()
  assert.is(await first.over, 'complete')
  assert.not(first.tags().includes('Ended'))
  const second = listenTo(runner.follow(request()))
  runner.vanish('run_1')
  await second.over
  const end = second.reports.at(-1)
  assert.is(end?.tag === 'Ended' && end.evidence.exit, null)
})

test('following what was never started starts nothing', async () => {
  const runner = scriptedRunner()
  const heard = listenTo(runner.follow(request()))
  assert.is(await heard.over, 'complete')
  assert.equal(heard.tags(), ['Ended'])
  assert.is(runner.runs.size, 0)
})

test('the look before a run sees what the test says', async () => {
  const runner = scriptedRunner()
  runner.seeBeforeRuns({ missingSources: ['/home'] })
  assert.equal((await runner.preflight(request())()).missingSources, ['/home'])
})

test.run()
