import {
  backupRunning,
  evidence,
  given,
  jobCancelled,
  jobCompleted,
  jobFailed,
  processIdentity,
  reportRunEnded,
  repositoryRegistered,
  runEnded,
  runLockedOut,
  runPrepared,
  runSpawned,
} from '@borgledger/testkit'
import { test } from 'uvu'

const prepared = given(repositoryRegistered(), backupRunning().slice(0, 4))
const running = given(repositoryRegistered(), backupRunning())
const of = { jobId: 'job_1', runId: 'run_1' } as const
const spawned = { type: 'ReportSpawned', ...of, process: processIdentity() } as const
const progressed = (percent: number | null) => ({ type: 'ReportProgress', ...of, progress: { percent } }) as const
const signalled = (rung: number) => ({ type: 'ReportSignal', ...of, rung: { rung, signal: 'SIGINT', target: 'process' } }) as const
const late = (report: string) => ({ type: 'LateReportObserved', ...of, report }) as const

test('a spawned process is recorded once', () => {
  prepared.when(spawned).thenExactly(runSpawned())
  running.when(spawned).thenNothing()
})

test('progress is recorded when it is news', () => {
  running.when(progressed(10)).thenExactly({ type: 'ProgressRecorded', ...of, progress: { percent: 10 } })
  running.when(progressed(null)).thenTypes('ProgressRecorded')
  const at10 = given(repositoryRegistered(), backupRunning(), { type: 'ProgressRecorded', ...of, progress: { percent: 10 } })
  at10.when(progressed(10)).thenNothing()
  at10.when(progressed(20)).thenTypes('ProgressRecorded')
})

test('every rung of the ladder is recorded, each once', () => {
  running.when(signalled(1)).thenExactly({ type: 'SignalSent', ...of, rung: signalled(1).rung })
  const first = given(repositoryRegistered(), backupRunning(), { type: 'SignalSent', ...of, rung: signalled(1).rung })
  first.when(signalled(1)).thenNothing()
  first.when(signalled(2)).thenTypes('SignalSent')
})

test('the end of a run ends its step and its job, in one commit', () => {
  running
    .when(reportRunEnded())
    .thenExactly(
      runEnded(),
      { type: 'StepFinished', jobId: 'job_1', step: 'create', outcome: 'success', error: null, warnings: [] },
      jobCompleted('job_1', { originalBytes: 1_000_000, logBytes: 512, archive: evidence().archive?.name ?? null }),
      { type: 'LogRemovalDecided', jobId: 'job_1', reason: 'policy' },
    )
})

test('a step whose warnings are benign succeeds, like its job', () => {
  const benign = [{ code: 'files-changed', message: 'a file changed', count: 2 }]
  running
    .when(reportRunEnded('job_1', { evidence: evidence({ warnings: benign, exit: { code: 100, signal: null } }) }))
    .thenExactly(
      runEnded('job_1', { evidence: evidence({ warnings: benign, exit: { code: 100, signal: null } }) }),
      { type: 'StepFinished', jobId: 'job_1', step: 'create', outcome: 'success', error: null, warnings: benign },
      jobCompleted('job_1', { warnings: benign, originalBytes: 1_000_000, logBytes: 512, archive: evidence().archive?.name ?? null }),
    )
})

test("borg's own id of the repository becomes known by the first run that sees it, and again when another stands there", () => {
  const ended = reportRunEnded('job_1', { evidence: evidence({ borgId: 'b1' }), logBytes: null })
  running.when(ended).thenTypes('RunEnded', 'RepositoryIdentified', 'StepFinished', 'JobCompleted')
  given(repositoryRegistered('laptop', { borgId: 'b1' }), backupRunning())
    .when(ended)
    .thenTypes('RunEnded', 'StepFinished', 'JobCompleted')
  given(repositoryRegistered('laptop', { borgId: 'b0' }), backupRunning())
    .when(ended)
    .thenTypes('RunEnded', 'RepositoryIdentified', 'StepFinished', 'JobCompleted')
})

test('a report about an earlier attempt changes nothing', () => {
  const second = given(repositoryRegistered(), backupRunning(), runLockedOut(), runPrepared('job_1', { runId: 'run_2', attempt: 2 }))
  for (const report of [spawned, progressed(5), reportRunEnded()]) second.when(report).thenNothing()
})

for (const end of [jobCompleted(), jobFailed(), jobCancelled()]) {
  test(`after ${end.type} a report is kept as an observation, once, and changes no state`, () => {
    const over = given(repositoryRegistered(), backupRunning().slice(0, 4), end)
    over.when(spawned).thenExactly(late('ReportSpawned'))
    over.when(signalled(2)).thenExactly(late('ReportSignal 2'))
    over.when(reportRunEnded()).thenExactly(late('ReportRunEnded'))
    over.when(progressed(99)).thenNothing()
    given(repositoryRegistered(), backupRunning().slice(0, 4), end, late('ReportRunEnded')).when(reportRunEnded()).thenNothing()
  })
}

test('the report that ended the job is no late report when it comes again', () => {
  given(repositoryRegistered(), backupRunning(), runEnded(), jobCompleted()).when(reportRunEnded()).thenNothing()
})

test('a report about an unknown job is refused, and so is one about a deleted entry', () => {
  given().when(spawned).thenRefused('JobNotFound')
  given(repositoryRegistered(), backupRunning(), jobCompleted(), { type: 'JobEntryDeleted', jobId: 'job_1' })
    .when(reportRunEnded())
    .thenRefused('EntryDeleted')
})

test.run()
