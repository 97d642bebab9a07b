/** A case as a value, so that any test runner can bind it. */
import type { EventStore } from '../port.js'
import type { Capability, Harness, Log } from './harness.js'

export interface ConformanceCase {
  readonly id: string
  readonly title: string
  /** What the harness must be capable of; otherwise the case is to be counted as skipped. */
  readonly needs: ReadonlyArray<Capability>
  /** Rejects when the store is not right. */
  readonly run: (harness: Harness) => Promise<void>
}

/** What of `needs` the harness lacks. */
export const lacking = (harness: Harness, { needs }: ConformanceCase): ReadonlyArray<Capability> =>
  needs.filter((need) => !harness.capabilities.includes(need))

/** Opens the log, and remembers to close: whatever a case opened is closed before the log is discarded. */
export type Open = () => Promise<EventStore>

/** A case that is given a log of its own. */
export const withLog = (
  id: string,
  title: string,
  body: (open: Open, log: Log) => Promise<void>,
  { needs = [], small = false }: { readonly needs?: ReadonlyArray<Capability>; readonly small?: boolean } = {},
): ConformanceCase => ({
  id,
  title,
  needs,
  run: async (harness) => {
    const log = await harness.create({ small })
    const opened: EventStore[] = []
    const open: Open = async () => {
      const store = await log.open()
      opened.push(store)
      return store
    }
    try {
      await body(open, log)
    } finally {
      for (const store of opened) await store.close()
      await log.discard()
    }
  },
})

/** A case that needs one open store and nothing else. */
export const withStore = (id: string, title: string, body: (store: EventStore) => Promise<void>): ConformanceCase =>
  withLog(id, title, async (open) => body(await open()))
