/**
 * What can be asked of a job, by people and by the engine that runs it. Ids and observed facts arrive as data.
 */
import * as t from 'io-ts'
import { Count, Id, Instant, nullable, Text } from '../codec/index.js'
import { RequestTrigger } from './events.js'
import { Progress } from './progress.js'
import { Preflight, ProcessIdentity, RunEvidence, RunTraces, SignalRung } from './run/index.js'
import { Work } from './spec.js'

const command = <N extends string, P extends t.Props>(name: N, props: P) =>
  t.readonly(t.type({ type: t.literal(name), jobId: Text, ...props }), name)

export const OnBusy = t.keyof({ queue: null, refuse: null })
export type OnBusy = t.TypeOf<typeof OnBusy>

export const jobCommands = [
  command('RequestJob', { work: Work, repositoryId: nullable(Id), trigger: RequestTrigger, onBusy: OnBusy }),
  /** The facts before a run. Decides whether it begins; `runId` names it should it. */
  command('PrepareRun', { runId: Text, preflight: Preflight }),
  command('ReportSpawned', { runId: Text, process: ProcessIdentity }),
  command('ReportProgress', { runId: Text, progress: Progress }),
  command('ReportSignal', { runId: Text, rung: SignalRung }),
  /** `logBytes` is the size of the job log at the end; null when there is none. */
  command('ReportRunEnded', { runId: Text, evidence: RunEvidence, logBytes: nullable(Count) }),
  command('CancelJob', { reason: t.string, force: t.boolean }),
  /** What is left of a job that was running when an earlier owner died. */
  command('RecoverJob', { traces: RunTraces }),
  /** What is left of an unattended job now. */
  command('WatchJob', { traces: RunTraces }),
  /** `since`: from when on its process has done nothing; null that it does something again. */
  command('ReportStall', { runId: Text, since: nullable(Instant) }),
  /** A scheduled check that may be stale. `traces`: what is left of its run; null when it has none. */
  command('ReviewCheck', { traces: nullable(RunTraces) }),
  /** How an unattended job is to count as ended; `traces`: what is seen of its process now. */
  command('ResolveJob', { state: t.keyof({ failed: null, cancelled: null }), reason: t.string, traces: RunTraces }),
  /** The host is about to end and leaves the job running. */
  command('DetachJob', {}),
  command('DeleteJobEntry', {}),
  /** Its log is too old, or there is no room for it any more. */
  command('RemoveLog', { reason: t.keyof({ age: null, cap: null }) }),
  /** The file of a log that was to be removed is gone. */
  command('ReportLogRemoved', {}),
] as const

export const JobCommand = t.union([...jobCommands])
export type JobCommand = t.TypeOf<typeof JobCommand>
export type JobCommandOf<T extends JobCommand['type']> = Extract<JobCommand, { readonly type: T }>
