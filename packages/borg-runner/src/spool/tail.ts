/**
 * How far a run's spool has been read and what was seen of it: enough for the next worker to go on without losing or doubling a line.
 *
 * Renamed into place after the log was written, so a crash in between writes the same lines again over themselves.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { nothingSeen, type Seen } from '../lines/seen.js'

export interface Tail {
  readonly version: 1
  /** Bytes of the spool that are used up. */
  readonly offset: number
  /** Size of the job log when it held exactly the lines before `offset`; null before the first. */
  readonly logBytes: number | null
  /** The spool offset from which on lines are left out of the log; null while it is whole. */
  readonly cutAt: number | null
  readonly seen: Seen
  /** Set once the run has ended and its log is complete: nothing is read or written for it any more. */
  readonly ended: Ending | null
}

/** What the files of a run say about its end. */
export interface Ending {
  /** From the wrapper, else as borg itself told; null when neither did. */
  readonly exitCode: number | null
  readonly logBytes: number | null
}

export const newTail: Tail = { version: 1, offset: 0, logBytes: null, cutAt: null, seen: nothingSeen, ended: null }

/** A missing file, or one of another version, begins anew. */
export const readTail = (path: string): Tail => {
  try {
    const tail = JSON.parse(readFileSync(path, 'utf8'))
    return tail?.version === 1 ? { ...tail, seen: { ...nothingSeen, ...tail.seen } } : newTail
  } catch {
    return newTail
  }
}

/** Why it cannot be kept, in which case nothing before it may be freed; null when it is. */
export const keepTail = (path: string, tail: Tail): string | null => {
  try {
    writeFileSync(`${path}.tmp`, JSON.stringify(tail), { mode: 0o600 })
    renameSync(`${path}.tmp`, path)
    return null
  } catch (error) {
    return (error as Error).message
  }
}
