/**
 * The log as one open thing: its files, and the rule for a write whose outcome nobody knows.
 *
 * After a failed fsync the system may have dropped what it could not write. So nothing more is acknowledged through these files: they are
 * closed, opened again and checked first.
 */
import { LogUnavailable } from '@borgledger/eventstore'
import { classify, foldBack } from './driver/index.js'
import { openFault, reopenFault } from './faults.js'
import type { LogFiles } from './log-files.js'
import type { Draft } from './log-writer.js'
import { type BatchOutcome, writeBatch } from './write-batch.js'

export interface LogHandle {
  /** The files to read from; throws `LogUnavailable` when there are none. */
  readonly reading: () => LogFiles['reading']
  readonly write: (drafts: ReadonlyArray<Draft>) => BatchOutcome
  /** The files to write to, opened again first where that is due. Throws what opening throws. */
  readonly sound: () => LogFiles
  /** Goes up whenever the files are opened again: what one connection counts means nothing to another. */
  readonly generation: () => number
  /** From now on nothing is written before the files were opened again. */
  readonly suspect: () => void
  readonly close: () => void
}

export const createLogHandle = (first: LogFiles, reopen: () => LogFiles): LogHandle => {
  let files: LogFiles | null = first
  let isSuspect = false
  let closed = false
  let generation = 0

  const sound = (): LogFiles => {
    if (files !== null && !isSuspect) return files
    files?.close()
    files = null
    files = reopen()
    generation += 1
    isSuspect = false
    return files
  }
  const write = (drafts: ReadonlyArray<Draft>): BatchOutcome => {
    const opened = openAgain(sound)
    if ('tag' in opened) return opened
    if (opened.writing === null) {
      const detail = opened.readOnly ?? 'it cannot be written'
      return { tag: 'Failed', answer: () => ({ tag: 'ReadOnly', detail }), isSuspect: false }
    }
    const outcome = writeBatch(opened.writing.connection, opened.writing.log, drafts)
    if (outcome.tag === 'Failed' && outcome.isSuspect) isSuspect = true
    return outcome
  }
  return {
    reading: () => {
      if (closed) throw new LogUnavailable({ tag: 'Closed' })
      return (files ?? sound()).reading
    },
    write,
    sound,
    generation: () => generation,
    suspect: () => {
      isSuspect = true
    },
    close: () => {
      closed = true
      if (files?.writing) foldBack(files.writing.connection)
      files?.close()
      files = null
    },
  }
}

const openAgain = (sound: () => LogFiles): LogFiles | BatchOutcome => {
  try {
    return sound()
  } catch (error) {
    if (classify(error) === 'busy') return { tag: 'Busy' }
    const fault = openFault(error)
    if (fault === null) throw error
    return { tag: 'Failed', answer: reopenFault(fault), isSuspect: true }
  }
}
