/** A job as it is answered. */
import {
  Count,
  closed,
  Effect,
  Instant,
  JobError,
  JobStatus,
  JobType,
  nullable,
  Progress,
  specOf,
  Trigger,
  WaitingReason,
  Warning,
} from '@borgledger/domain'
import type { Job } from 'borgledger'
import * as t from 'io-ts'
import { Outcome, recordOf, textOrNull, texts } from './shape.js'

const InstantOrNull = nullable(Instant)
const LogState = t.keyof({ none: null, open: null, kept: null, removed: null })
const Maintenance = t.keyof({
  running_prune: null,
  prune_completed: null,
  prune_failed: null,
  running_compact: null,
  compact_completed: null,
  compact_failed: null,
})
const Spec = t.union([
  specOf.backup,
  specOf.restore,
  specOf.check,
  specOf.compact,
  specOf.prune,
  specOf['archive-delete'],
  specOf['restore-check'],
  specOf['package-install'],
])
const ErrorOrNull = nullable(JobError)

const Step = closed(
  'a step',
  { name: t.string, state: JobStatus, startedAt: InstantOrNull, finishedAt: InstantOrNull, outcome: Outcome, error: ErrorOrNull },
  {},
)

const Waiting = closed('for what a job waits', { reason: WaitingReason, jobs: texts, since: Instant }, {})
const Cancel = closed('a wish to cancel', { requestedBy: t.string, reason: t.string, at: Instant }, {})
const Log = closed(
  'a job log',
  { state: LogState, bytes: Count },
  { removed: closed('when and why it was removed', { reason: t.string, at: Instant }, {}) },
)

export const JobRecord = recordOf<Job>()(
  closed(
    'a job',
    {
      id: t.string,
      type: JobType,
      state: JobStatus,
      outcome: Outcome,
      trigger: Trigger,
      repositoryId: textOrNull,
      series: textOrNull,
      requestedBy: t.string,
      spec: Spec,
      createdAt: Instant,
      startedAt: InstantOrNull,
      finishedAt: InstantOrNull,
      progress: nullable(Progress),
      warnings: t.readonlyArray(Warning),
      error: ErrorOrNull,
      effect: nullable(Effect),
      archive: textOrNull,
      steps: t.readonlyArray(Step),
      maintenance: nullable(Maintenance),
      waitingFor: nullable(Waiting),
      cancel: nullable(Cancel),
      unattended: t.boolean,
      stalledSince: InstantOrNull,
      log: Log,
      host: textOrNull,
      parentJobId: textOrNull,
      childJobIds: texts,
      position: Count,
    },
    {},
  ),
)
