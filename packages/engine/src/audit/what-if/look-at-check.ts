/** The look at a check that may be stale only here, as a host would take it. */
import type { DomainEvent, Recorded } from '@borgledger/domain'
import type { RecordedCommit } from '@borgledger/eventstore'
import { isBefore } from './agenda.js'
import type { Cue } from './cue-list.js'
import type { Cues } from './cues.js'
import { type Look, minuteMs } from './look.js'
import type { Moment, World } from './world.js'

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
