/**
 * One line of what borg writes to stderr under `--log-json`, decoded.
 *
 * Decoded by hand and in the worker: io-ts would triple the worker's start, and these lines come by the ten thousand. The decoder is total:
 * whatever is not understood is kept as text, and no line ever fails a job.
 */
export type Line =
  | ({ readonly tag: 'archive-progress' } & ArchiveProgress)
  /** `total` may be 0 while borg does not know it. */
  | { readonly tag: 'percent'; readonly msgid: string; readonly current: number; readonly total: number }
  | { readonly tag: 'phase'; readonly msgid: string; readonly finished: boolean }
  | ({ readonly tag: 'log' } & LogMessage)
  | { readonly tag: 'file'; readonly status: string; readonly path: string }
  /** Borg asked a question or tells how it was answered. */
  | { readonly tag: 'question'; readonly msgid: string; readonly message: string }
  /** Not JSON, or JSON of a kind that is not known here. */
  | { readonly tag: 'text'; readonly text: string }
  /** Progress with nothing in it. */
  | { readonly tag: 'nothing' }

/** Sizes in bytes. */
export interface ArchiveProgress {
  readonly originalBytes: number
  readonly compressedBytes: number
  readonly deduplicatedBytes: number
  readonly files: number
  readonly path: string
}

export interface LogMessage {
  readonly level: string
  readonly logger: string
  /** Without the prefix `Remote: `. */
  readonly message: string
  readonly msgid: string | null
  /** Unix epoch, milliseconds. */
  readonly atMs: number | null
}
