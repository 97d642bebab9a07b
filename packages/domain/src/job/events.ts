/**
 * What can happen to a job. These names and shapes are stored for ever: a new shape is a new version with an upcast, never an edit.
 */
import * as t from 'io-ts'
import { Count, Id, Instant, nullable, Text } from '../codec/index.js'
import { Effect, JobError } from './error.js'
import { ClaimMode, SlotClass } from './job-type.js'
import { Progress } from './progress.js'
import { Preflight, ProcessIdentity, RunEvidence, RunTraces, RunWork, SignalRung, Warning } from './run/index.js'
import { Work } from './spec.js'

const event = <N extends string, P extends t.Props>(name: N, props: P) =>
  t.readonly(t.type({ type: t.literal(name), jobId: Text, ...props }), name)

/** `scheduleId`: a person ran that schedule now. */
const ByHand = t.intersection([t.type({ kind: t.literal('manual') }), t.partial({ scheduleId: Id })])
const BySchedule = t.type({ kind: t.literal('schedule'), scheduleId: Id, dueAt: Instant })

/** What may be asked for. */
export const RequestTrigger = t.union([ByHand, BySchedule])
export type RequestTrigger = t.TypeOf<typeof RequestTrigger>

/** Why there is a job. `parent`: it is part of another one. */
export const Trigger = t.union([ByHand, BySchedule, t.type({ kind: t.literal('parent'), jobId: Text })])
export type Trigger = t.TypeOf<typeof Trigger>

/** What a job holds of a repository. `key` is borg's own repository id, or the location until that is known. */
export const Claim = t.readonly(t.type({ key: Text, mode: ClaimMode }))
export type Claim = t.TypeOf<typeof Claim>

/** Which rule decided how a job ended. `version` counts up when the rule changes. */
export const Verdict = t.readonly(t.type({ rule: t.string, version: Count }))
export type Verdict = t.TypeOf<typeof Verdict>

export const WaitingReason = t.keyof({ 'limit-reached': null, 'repository-busy': null })
export type WaitingReason = t.TypeOf<typeof WaitingReason>

/** Why a log is removed: by the policy of the settings, by its age, by the cap of all logs, or with its job's entry. */
export const RemovalReason = t.keyof({ policy: null, age: null, cap: null, 'entry-deleted': null })
export type RemovalReason = t.TypeOf<typeof RemovalReason>

/** How a step went, or all the work of a job. */
const HowItWent = t.keyof({ success: null, warning: null, failure: null, cancelled: null })

/** `resume`: its ending was decided, and its post-scripts go on. */
const RecoveryDecision = t.keyof({ follow: null, stop: null, fail: null, leave: null, resume: null, stale: null })

const end = {
  verdict: Verdict,
  warnings: t.readonlyArray(Warning),
  effect: nullable(Effect),
  /** The name of the archive that the job made or that it is about. */
  archive: nullable(t.string),
}

export const jobEvents = [
  event('JobRequested', {
    work: Work,
    repositoryId: nullable(Id),
    series: nullable(t.string),
    slot: nullable(SlotClass),
    trigger: Trigger,
  }),
  /** It cannot start now, and for whom it waits. Recorded when that changes. */
  event('JobHeldBack', { reason: WaitingReason, jobs: t.readonlyArray(t.string) }),
  /** Claim, slot and start: one decision. */
  event('JobStarted', { host: Text, claim: nullable(Claim) }),
  /** Of a backup, `prune` and `compact` are steps that are jobs of their own; `pre:…` and `post:…` are its scripts. */
  event('StepStarted', { step: Text }),
  event('StepFinished', {
    step: Text,
    outcome: HowItWent,
    error: nullable(JobError),
    warnings: t.readonlyArray(Warning),
  }),
  /** The intent, before any process: should the host die now, the next one looks for this run. */
  event('RunPrepared', { runId: Text, step: Text, attempt: Count, work: RunWork, preflight: Preflight }),
  event('RunSpawned', { runId: Text, process: ProcessIdentity }),
  event('ProgressRecorded', { runId: Text, progress: Progress }),
  event('SignalSent', { runId: Text, rung: SignalRung }),
  /** `retryAfterMs` says that the step tries again; null that it is over. `logBytes`: the size of the job log then; null when there is none. */
  event('RunEnded', { runId: Text, evidence: RunEvidence, retryAfterMs: nullable(Count), logBytes: nullable(Count) }),
  event('CancelRequested', { reason: t.string, force: t.boolean }),
  /** Its host ends and leaves it running, on purpose: the next one follows it, whatever its policy. */
  event('JobDetached', {}),
  /** What was seen of a running job, by start-up cleanup or by the look at stale checks (`stale`), and what was decided. */
  event('JobRecovered', { traces: RunTraces, decision: RecoveryDecision }),
  /** The watch over unattended jobs saw its process gone, or saw it again. */
  event('JobLookedAt', { traces: RunTraces }),
  /** Its process has done nothing since then: no output, no CPU time, no I/O. That is shown; nothing is ended for it. */
  event('RunStalled', { runId: Text, since: Instant }),
  /** The process of a stalled run does something again. */
  event('RunResumed', { runId: Text }),
  /** How the job ends, decided before its post-scripts, which run with it. The terminal event says it again, with what they had to tell. */
  event('EndingDecided', { outcome: HowItWent, error: nullable(JobError), originalBytes: nullable(Count), ...end }),
  /** `originalBytes`: the size of what a backup read; null for other types. */
  event('JobCompleted', {
    outcome: t.keyof({ success: null, warning: null }),
    originalBytes: nullable(Count),
    logBytes: nullable(Count),
    ...end,
  }),
  event('JobFailed', { error: JobError, logBytes: nullable(Count), ...end }),
  /** `error`: what cancelled it, when nobody asked for that. */
  event('JobCancelled', { error: nullable(JobError), logBytes: nullable(Count), ...end }),
  /** A report that came after the end, by the name of its command and, of a signal, its rung. It changes nothing, and is not lost. */
  event('LateReportObserved', { runId: Text, report: t.string }),
  event('JobEntryDeleted', {}),
  /** The log is to be removed, and why: by the policy this is decided with the job's end, by the settings of that moment. */
  event('LogRemovalDecided', { reason: RemovalReason }),
  /** The log file is gone, and why. */
  event('LogRemoved', { reason: RemovalReason }),
] as const

export const JobEvent = t.union([...jobEvents])
export type JobEvent = t.TypeOf<typeof JobEvent>
export type JobEventOf<T extends JobEvent['type']> = Extract<JobEvent, { readonly type: T }>
