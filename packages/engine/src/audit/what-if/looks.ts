/**
 * Scheduled checks that would have been stale only here: in the log nobody ever found them so, and there is no command that asks.
 *
 * Hosts look every minute, so such a check is looked at a minute after it became stale: no later than it would have been, and never at a
 * check that the hosts of the log looked at just as old.
 */
import type { DomainEvent, Recorded } from '@borgledger/domain'
import type { RecordedCommit } from '@borgledger/eventstore'
import { isBefore } from './agenda.js'
import type { Alternative } from './alternative.js'
import type { Cue, Cues } from './cues.js'
import type { Moment, World } from './world.js'

export interface Look {
  /** The id of the job. */
  readonly lookAt: string
}

const minuteMs = 60_000

/** How long after the event its check is to be looked at; null when it is none, or when the log has the look. Of running ones nothing is known. */
export const lookDueMs = (event: DomainEvent, { hanging }: Pick<Cues, 'hanging'>, { settings = {} }: Alternative): number | null => {
  if (event.type !== 'JobRequested' || event.slot !== 'scheduled-check' || settings.staleCheckAfterMs === undefined) return null
  return hanging.has(`request ${event.jobId}`) ? null : settings.staleCheckAfterMs + minuteMs
}

/** `next`: what stands next at its instant. While there is no host nobody looks; the one that starts then does within a minute. */
export const lookAtCheck = async (
  { world, cues, next }: { readonly world: World; readonly cues: Cues; readonly next: Cue | undefined },
  look: Look,
  commit: RecordedCommit,
  moment: Moment,
): Promise<ReadonlyArray<Recorded<DomainEvent>>> => {
  const { owner, jobs } = world.state()
  if (jobs.get(look.lookAt)?.status !== 'pending') return []
  const startsMs = next !== undefined && cues.startsAt.has(next.first) && !isAliveBefore(next, world) ? next.ms : null
  if (startsMs === null && owner.dispatching) return world.decide({ type: 'ReviewCheck', jobId: look.lookAt, traces: null }, commit, moment)
  const againMs = (startsMs ?? moment.nowMs) + minuteMs
  if (againMs <= cues.endMs) world.todo.put(againMs, Number.MAX_SAFE_INTEGER, look)
  return []
}

/** Something is heard of a run, or of a log, before the next host starts. */
const isAliveBefore = (next: Cue, { todo }: World): boolean => {
  const hanging = todo.first()
  return hanging !== undefined && !('lookAt' in hanging.item) && isBefore(hanging, { atMs: next.ms, order: next.first })
}
