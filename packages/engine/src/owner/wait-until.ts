/** Waits for something to become true of the state, and not for ever. */
import { merge } from 'rxjs'
import type { Clock } from '../ports/clock.js'
import type { Submitter } from '../submit/submitter.js'
import type { Gate } from './gate.js'

export interface Waiting {
  readonly submitter: Submitter
  readonly clock: Clock
  /** What else may make it true. */
  readonly gate: Pick<Gate, 'changes$'>
}

/** Resolves when `isSo` holds after an event, at once when it holds already, and after `waitMsMax` in any case. */
export const waitUntil = ({ submitter, clock, gate }: Waiting, isSo: () => boolean, waitMsMax: number): Promise<void> =>
  new Promise((resolve) => {
    const timer = clock.after(waitMsMax, done)
    const watch = merge(submitter.committed$, gate.changes$).subscribe(() => {
      if (isSo()) queueMicrotask(done)
    })
    function done(): void {
      timer.cancel()
      watch.unsubscribe()
      resolve()
    }
    if (isSo()) done()
  })
