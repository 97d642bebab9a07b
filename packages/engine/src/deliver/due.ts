/** What of the outbox may be attempted now, and when the rest may. Read from the state alone. */
import type { DeliveryState, NotificationState, TargetState } from '@borgledger/domain'

export interface Due {
  readonly delivery: DeliveryState
  readonly target: TargetState
}

/** The oldest delivery to the target that may be attempted at `now`; null when there is none. */
export const dueFor = ({ targets, outbox }: NotificationState, targetId: string, now: string): Due | null => {
  const target = targets.get(targetId)
  if (target === undefined) return null
  for (const delivery of outbox.values())
    if (delivery.targetId === targetId && (delivery.notBefore === null || delivery.notBefore <= now)) return { delivery, target }
  return null
}

/** Milliseconds until the next one may be; null: nothing waits for this target. */
export const nextInMs = ({ outbox }: NotificationState, targetId: string, now: string): number | null => {
  const times = [...outbox.values()].flatMap((delivery) => (delivery.targetId === targetId ? Date.parse(delivery.notBefore ?? now) : []))
  return times.length === 0 ? null : Math.max(0, Math.min(...times) - Date.parse(now))
}
