/** Why a log could not be opened: each is another thing to put right. */
import type { Busy, Corrupt, Full, ReadOnly } from '@borgledger/eventstore'

/** The directory is not made here: a typing error or a disk that is not mounted would begin a new, empty log. */
export interface MissingDirectory {
  readonly tag: 'MissingDirectory'
  readonly directory: string
}
/** Locks of a network file system cannot be relied upon; a log there would be damaged sooner or later. */
export interface NetworkFileSystem {
  readonly tag: 'NetworkFileSystem'
  readonly directory: string
  readonly fileSystem: string
}
/** A database of something else, or no file at all but a directory. */
export interface NotALog {
  readonly tag: 'NotALog'
  readonly file: string
  readonly detail: string
}
/** Written by a newer version of this package. There is no way back: use that version. */
export interface NewerSchema {
  readonly tag: 'NewerSchema'
  readonly found: number
  readonly known: number
}
/** SQLite would not promise what was asked of it, such as a write-ahead log. */
export interface NotDurable {
  readonly tag: 'NotDurable'
  readonly detail: string
}
/** The operating system refused, for a reason that is none of the others. */
export interface CannotOpen {
  readonly tag: 'CannotOpen'
  readonly detail: string
}

export type OpenError =
  | MissingDirectory
  | NetworkFileSystem
  | NotALog
  | NewerSchema
  | NotDurable
  | CannotOpen
  | Busy
  | Full
  | ReadOnly
  | Corrupt

/** Carries a named refusal through code that can only throw. */
export class OpenRefused extends Error {
  override readonly name = 'OpenRefused'
  readonly error: OpenError
  constructor(error: OpenError) {
    super(error.tag)
    this.error = error
  }
}
