/**
 * The same history once more, decided anew: every command comes when it did, or so long after what it hung on, and is decided on what the
 * decisions before it led to.
 *
 * Held fixed: what people asked and when, when hosts started, and of every run how long it took, what it left, and what was seen of it.
 */
import type { DomainEvent, Recorded } from '@borgledger/domain'
import type { EventStore, RecordedCommit } from '@borgledger/eventstore'
import { isStoredAs, storedCommand } from '../redecide.js'
import { isBefore } from './agenda.js'
import { type Alternative, otherwise } from './alternative.js'
import { commitReader } from './commit-at.js'
import type { Cue } from './cue-list.js'
import type { Cues } from './cues.js'
import type { Look } from './look.js'
import { lookAtCheck } from './look-at-check.js'
import type { Outcomes } from './outcomes.js'
import { type Moment, type World, worldOf } from './world.js'

export interface Replayed {
  readonly outcomes: Outcomes
  /** Event for event as the log has it. */
  readonly identical: boolean
  /** Events that came of it. */
  readonly events: number
}

export const replay = async (store: Pick<EventStore, 'commits' | 'read'>, cues: Cues, change: Alternative): Promise<Replayed> => {
  const [world, commitAt] = [worldOf(store, cues, change), commitReader(store)]
  const stage: Stage = { world, cues, change }
  let [identical, next] = [true, 0]
  let last: Played | null = null
  for (;;) {
    const standing = cues.atInstants.at(next)
    const isStanding = isDueFirst(standing, world)
    const due = isStanding ? standing && { atMs: standing.ms, item: standing } : world.todo.take()
    if (due === undefined) return { outcomes: world.outcomes, identical, events: world.state().position }
    if (isStanding) next += 1
    if ('lookAt' in due.item) identical = (await playLook(stage, due.item, due.atMs, standing, last)) && identical
    else {
      last = { commit: await commitAt(due.item.first), moment: { nowMs: due.atMs, skewMs: due.item.skewMs } }
      identical = (await playCommit(stage, last)) && identical
    }
  }
}

interface Stage {
  readonly world: World
  readonly cues: Cues
  readonly change: Alternative
}

interface Played {
  readonly commit: RecordedCommit
  readonly moment: Moment
}

/** False when something else came of it than what is stored. */
const playCommit = async ({ world, cues, change }: Stage, { commit, moment }: Played): Promise<boolean> => {
  await lookAfter(world, cues, commit, moment)
  const command = storedCommand(commit)
  const other = command === null ? null : otherwise(command, change)
  const recorded = other === null ? [] : await world.decide(other, commit, moment)
  await endUnknown(world, cues, recorded, commit, moment)
  return isStoredAs(commit, recorded, new Date(moment.nowMs + moment.skewMs).toISOString())
}

/** False when something came of it, for the log has no such look. `last`: what was decided before; there is always something. */
const playLook = async (
  { world, cues }: Stage,
  look: Look,
  nowMs: number,
  next: Cue | undefined,
  last: Played | null,
): Promise<boolean> => {
  if (last === null) return true
  const moment = { nowMs, skewMs: last.moment.skewMs }
  const recorded = await lookAtCheck({ world, cues, next }, look, last.commit, moment)
  await endUnknown(world, cues, recorded, last.commit, moment)
  return recorded.length === 0
}

const isDueFirst = (standing: Cue | undefined, { todo }: World): boolean => {
  const hanging = todo.first()
  if (standing === undefined || hanging === undefined) return hanging === undefined
  return isBefore({ atMs: standing.ms, order: standing.first }, hanging)
}

/** A job that runs at a host's start only here: nobody looked at it, and its process is taken to live. */
const lookAfter = async (world: World, cues: Cues, commit: RecordedCommit, moment: Moment): Promise<void> => {
  const ran = cues.ranAt.get(commit.first)
  for (const { jobId, status, run, recoveredHere } of ran === undefined ? [] : [...world.state().jobs.values()]) {
    if (status !== 'running' || recoveredHere || ran?.has(jobId)) continue
    const traces = { report: run === null ? 'never' : 'none', liveness: run === null ? 'gone' : 'alive' } as const
    await world.decide({ type: 'RecoverJob', jobId, traces }, commit, moment)
  }
}

/** Of a job that starts only here nothing is known of how it would have run: it ends at once, and holds nobody up. */
const endUnknown = async (
  world: World,
  cues: Cues,
  recorded: ReadonlyArray<Recorded<DomainEvent>>,
  commit: RecordedCommit,
  moment: Moment,
): Promise<void> => {
  for (const { event } of recorded) {
    if (event.type !== 'JobStarted' || (cues.outcomes.job(event.jobId)?.startedMs ?? null) !== null) continue
    const command = {
      type: 'CancelJob',
      jobId: event.jobId,
      reason: 'it never ran: nothing is known of how it would have gone',
      force: true,
    } as const
    await endUnknown(world, cues, await world.decide(command, commit, moment), commit, moment)
  }
}
