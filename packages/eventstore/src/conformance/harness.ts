/**
 * What an adapter gives to be examined. The cases know nothing of files or servers; whatever they need done to the log behind a store's back is
 * asked of the harness.
 */
import type { EventStore, Position } from '../port.js'

/**
 * `durable`: what was acknowledged is there after closing and opening again. `handles`: a log can be open twice at a time. `processes`: and
 * in several processes. `reserve`: a small log keeps a reserve of 1 MiB. The others are faults that can be made here and now (some need a privilege, so not on every machine).
 */
export type Capability = 'durable' | 'handles' | 'processes' | 'reserve' | 'busy' | 'disk-full' | 'read-only' | 'damage'

export interface Harness {
  readonly name: string
  readonly capabilities: ReadonlyArray<Capability>
  /** What a store of this kind cannot have by its nature: cases that need it are none of its own. Everything else that lacks is a skipped case. */
  readonly beyond?: ReadonlyArray<Capability>
  /** A fresh, empty log. `small`: on a disk of a few MiB of its own. */
  readonly create: (options?: { readonly small?: boolean }) => Promise<Log>
}

export interface Log {
  /** Rejects when it cannot be opened. While another store is open on it, this is a second handle. */
  readonly open: () => Promise<EventStore>
  /** Closes nothing; called when every store is closed. */
  readonly discard: () => Promise<void>
  readonly faults: Partial<Faults>
}

export interface Faults {
  /** `processes`: a child process that opens the log and carries out `runAppender`. */
  readonly spawnAppender: (plan: AppenderPlan) => Appender
  /** `busy`: somebody else locks the log against writers until the answer is called. */
  readonly hold: () => Promise<() => Promise<void>>
  /** `disk-full`: nothing more fits, until the answer is called. */
  readonly fillDisk: () => Promise<() => Promise<void>>
  /** `read-only`: from the next opening on the log can only be read. */
  readonly makeReadOnly: () => Promise<void>
  /** `damage`: changes one byte of the stored `text`, which stands in the log once. The log is closed. */
  readonly changeByte: (text: string) => Promise<void>
}

/** Commits `WRITER-1`, `WRITER-2` … of so many events each, `callers` of them under way at a time. */
export interface AppenderPlan {
  readonly writer: string
  readonly commits: number
  readonly eventsEach: number
  readonly callers: number
}

export interface Acknowledged {
  readonly commitId: string
  readonly first: Position
  readonly last: Position
}

export interface Appender {
  /** Everything acknowledged so far. */
  readonly acknowledged: ReadonlyArray<Acknowledged>
  /** Resolves when that many were acknowledged; rejects when the process ended before. */
  readonly reached: (count: number) => Promise<void>
  readonly kill: (signal: NodeJS.Signals) => void
  /** Null when a signal ended it. */
  readonly exited: Promise<number | null>
}

/** The faults that a case said it needs; a harness that claims a capability has them. */
export const need = <Name extends keyof Faults>(log: Log, name: Name): Faults[Name] => {
  const fault = log.faults[name]
  if (fault === undefined) throw new Error(`the harness claims a capability and lacks ${name}`)
  return fault
}
