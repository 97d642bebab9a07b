/** Where a history is decided anew: the state that the decisions lead to, and what of the past is due because of them. */
import { type Command, type DomainEvent, evolveAll, jobOf, type LedgerState, type Recorded } from '@borgledger/domain'
import type { EventStore, RecordedCommit } from '@borgledger/eventstore'
import * as E from 'fp-ts/lib/Either.js'
import { decideSubmission } from '../../submit/plan.js'
import { finishedJobs } from '../finished-jobs.js'
import { submissionOf } from '../redecide.js'
import { laterMs } from './age.js'
import { type Agenda, agenda } from './agenda.js'
import { type Alternative, stateAtFirst } from './alternative.js'
import { anchorsOf, noDues } from './anchors.js'
import type { Cue } from './cue-list.js'
import type { Cues } from './cues.js'
import { type Look, lookDueMs } from './look.js'
import { createOutcomes, type Outcomes } from './outcomes.js'

/** `nowMs` runs on as the log does; the host's clock said `nowMs + skewMs`. */
export interface Moment {
  readonly nowMs: number
  readonly skewMs: number
}

export interface World {
  readonly state: () => LedgerState
  readonly outcomes: Outcomes
  /** What hangs on something that has happened here. */
  readonly todo: Agenda<Cue | Look>
  /** Empty when the command is refused, or changes nothing. */
  readonly decide: (command: Command, commit: RecordedCommit, moment: Moment) => Promise<ReadonlyArray<Recorded<DomainEvent>>>
}

export const worldOf = (store: Pick<EventStore, 'read'>, cues: Cues, change: Alternative): World => {
  const [finished, outcomes, todo] = [finishedJobs(store), createOutcomes(cues.names), agenda<Cue | Look>()]
  const dues = noDues(cues.names.ids)
  let state = stateAtFirst(change)

  /** What waits for an age comes as long after as the settings say; what would not have come by the end of the log does not. */
  const hang = (cue: Cue, nowMs: number): void => {
    const dueMs = nowMs + Math.max(0, cue.ms + laterMs(cue.age, change))
    if (cue.age === null || dueMs <= cues.endMs) todo.put(dueMs, cue.first, cue)
  }
  const hear = (event: DomainEvent, { nowMs, skewMs }: Moment): void => {
    outcomes.hear(event, nowMs + skewMs)
    const lookMs = lookDueMs(event, cues, change)
    if (lookMs !== null && 'jobId' in event) todo.put(nowMs + lookMs, Number.MAX_SAFE_INTEGER, { lookAt: event.jobId })
    for (const anchor of anchorsOf(event, dues)) for (const cue of cues.hanging.on(anchor)) hang(cue, nowMs)
  }
  const decide: World['decide'] = async (command, commit, moment) => {
    const jobId = jobOf(command)
    const reached = jobId === null || state.jobs.has(jobId) ? state : await finished.withJob(state, jobId, commit.first - 1)
    const stamp = { commitId: commit.commitId, at: new Date(moment.nowMs + moment.skewMs).toISOString() }
    const decided = decideSubmission(submissionOf(commit, command), reached, stamp)
    if (E.isLeft(decided)) return []
    const { recorded } = decided.right
    const after = reached === state ? decided.right.after : evolveAll(state, recorded)
    finished.note(state, recorded, after)
    state = after
    for (const { event } of recorded) hear(event, moment)
    return recorded
  }
  return { state: () => state, outcomes, todo, decide }
}
