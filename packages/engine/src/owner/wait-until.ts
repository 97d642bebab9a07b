/** Waits for something to become true of the state, and not for ever. */
import type { Clock } from '../ports/clock.js'
import type { Submitter } from '../submit/submitter.js'

/** Resolves when `isSo` holds after an event, at once when it holds already, and after `waitMsMax` in any case. */
export const waitUntil = (deps: { submitter: Submitter; clock: Clock }, isSo: () => boolean, waitMsMax: number): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      timer.cancel()
      watch.unsubscribe()
      resolve()
    }
    const timer = deps.clock.after(waitMsMax, done)
    const watch = deps.submitter.committed$.subscribe(() => {
      if (isSo()) done()
    })
    if (isSo()) done()
  })
