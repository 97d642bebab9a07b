/**
 * A notification target as people see it, and its fold. What is secret in its configuration stands in it as a reference.
 */
import type { NotificationEventOf, Occasion, Repositories } from '../notification/events.js'
import type { Recorded } from '../recorded.js'

type TargetEvent = NotificationEventOf<'NotificationTargetAdded' | 'NotificationTargetChanged' | 'NotificationTargetRemoved'>
type Channel = NotificationEventOf<'NotificationTargetAdded'>['channel']

export interface NotificationTarget {
  readonly id: string
  readonly name: string
  readonly kind: Channel['kind']
  readonly config: Channel['config']
  readonly events: ReadonlyArray<Occasion>
  readonly repositories: Repositories
  readonly position: number
}

/** Undefined after its removal. */
export const foldTarget = ({ event, position }: Recorded<TargetEvent>): NotificationTarget | undefined => {
  if (event.type === 'NotificationTargetRemoved') return undefined
  const { targetId, name, channel, occasions, repositories } = event
  return { id: targetId, name, ...channel, events: occasions, repositories, position }
}
