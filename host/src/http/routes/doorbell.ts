/** Wakes a reader that waits for something new. It remembers one ring, so that none between a look and the wait is missed. */
import type { Observable } from 'rxjs'

export interface Doorbell {
  /** Resolves at the next ring, at once if it rang since the last one that was waited for, and when it is over. */
  readonly rung: () => Promise<void>
  /** The source has ended, or the reader leaves. */
  readonly over: () => boolean
  readonly remove: () => void
}

export const doorbell = (source: Observable<unknown>, leaving: AbortSignal): Doorbell => {
  let rang = false
  let over = leaving.aborted
  let wake = (): void => undefined
  const ring = (): void => {
    rang = true
    wake()
  }
  const end = (): void => {
    over = true
    wake()
  }
  leaving.addEventListener('abort', end)
  const subscription = source.subscribe({ next: ring, error: end, complete: end })
  return {
    rung: async () => {
      if (!rang && !over) await new Promise<void>((resolve) => (wake = resolve))
      rang = false
    },
    over: () => over,
    remove: () => {
      subscription.unsubscribe()
      leaving.removeEventListener('abort', end)
    },
  }
}
