/** The followers of one store in this process: told when the log grew, and once when the store closes. */
import type { Watcher } from './follow.js'
import type { Position } from './port.js'

export interface Watchers {
  /** Answers with the way to stop. A watcher of a closed store is told so at once. */
  readonly add: (watcher: Watcher) => () => void
  readonly grown: (head: Position) => void
  readonly close: () => void
  readonly count: () => number
}

export const createWatchers = (): Watchers => {
  const watchers = new Set<Watcher>()
  let closed = false
  return {
    add: (watcher) => {
      if (closed) watcher.closed()
      else watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    grown: (head) => {
      for (const watcher of [...watchers]) watcher.grown(head)
    },
    close: () => {
      closed = true
      for (const watcher of [...watchers]) watcher.closed()
      watchers.clear()
    },
    count: () => watchers.size,
  }
}
