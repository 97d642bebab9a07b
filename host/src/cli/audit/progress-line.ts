/** One line of a terminal that is written over while a log is verified, and gone afterwards. */
import type { Reached } from '../client/verify-watched.js'

export interface ProgressLine {
  readonly show: (reached: Reached) => void
  readonly clear: () => void
}

const emptied = '\r\u001b[K'

export const progressLine = (write: (text: string) => void): ProgressLine => {
  let shown = false
  return {
    show: (reached) => {
      shown = true
      write(`${emptied}${sayReached(reached)}`)
    },
    clear: () => {
      if (shown) write(emptied)
    },
  }
}

/** What is recorded meanwhile is verified too, so there may be more than there were. */
const sayReached = ({ position, of }: Reached): string =>
  position >= of
    ? `verifying: ${position} events hold; now the tables`
    : `verifying: ${Math.floor((100 * position) / of)} %, ${position} of ${of} events hold`
