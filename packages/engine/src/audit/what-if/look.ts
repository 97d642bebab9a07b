/**
 * Scheduled checks that would have been stale only here: in the log nobody ever found them so, and there is no command that asks.
 *
 * Hosts look every minute, so such a check is looked at a minute after it became stale: no later than it would have been, and never at a
 * check that the hosts of the log looked at just as old.
 */
import type { DomainEvent } from '@borgledger/domain'
import type { Alternative } from './alternative.js'
import type { Cues } from './cues.js'

export interface Look {
  /** The id of the job. */
  readonly lookAt: string
}

export const minuteMs = 60_000

/** How long after the event its check is to be looked at; null when it is none, or when the log has the look. Of running ones nothing is known. */
export const lookDueMs = (event: DomainEvent, { hanging }: Pick<Cues, 'hanging'>, { settings = {} }: Alternative): number | null => {
  if (event.type !== 'JobRequested' || event.slot !== 'scheduled-check' || settings.staleCheckAfterMs === undefined) return null
  return hanging.has({ kind: 'request', id: event.jobId, nth: 0 }) ? null : settings.staleCheckAfterMs + minuteMs
}
