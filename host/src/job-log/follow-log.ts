/** A job's log from an offset on, while it grows, to its end. In whole lines, so that no character is torn. */
import { setTimeout as pause } from 'node:timers/promises'
import { type Borgledger, isTerminal, type Job, type OpenLog, type Result } from 'borgledger'
import { isGone } from './open-log.js'
import { wholeLinesOf } from './whole-lines.js'

const sliceBytesMax = 64 * 1024
const lookAgainMs = 250

/** `complete`: all of it was told. `log-removed`: somebody took the file away while the job ran, or it was gone before it was asked for. */
export type LogEnd = 'complete' | 'log-removed' | 'entry-deleted'

export type LogPart =
  /** `end`: offset in the log of the first byte that is not told yet. */
  | { readonly tag: 'Text'; readonly text: string; readonly end: number }
  /** The last part, and why it is. */
  | { readonly tag: 'End'; readonly reason: LogEnd }

/**
 * Ends with the log of a job that has ended, when the log or the entry is gone, and, without an `End`, when the signal is aborted. A log that
 * is removed once its job has ended is told to its end all the same.
 */
export async function* followLog(ledger: Borgledger, jobId: string, from: number, signal: AbortSignal): AsyncGenerator<LogPart> {
  let log: OpenLog | null = null
  let isThere = true
  try {
    for (let at = from; !signal.aborted; ) {
      // Asked before the log is read: a log that is at its end after its job has ended is whole.
      const found = await ledger.job(jobId).record()
      const last = !isThere || isOver(found)
      log ??= await ledger.log.open(jobId)
      const bytes = log === null ? new Uint8Array() : await nextLines(log, at, last)
      if (bytes.length > 0) {
        at += bytes.length
        yield { tag: 'Text', text: Buffer.from(bytes).toString('utf8').replace(/\n$/, ''), end: at }
      } else if (last) {
        yield { tag: 'End', reason: reasonOf(found, log) }
        return
      } else {
        isThere = log === null || (await log.isThere())
        if (isThere) await pause(lookAgainMs, undefined, { signal }).catch(() => undefined)
      }
    }
  } finally {
    await log?.close()
  }
}

const nextLines = async (log: OpenLog, at: number, last: boolean): Promise<Uint8Array> => {
  const { bytes } = await log.read(at, sliceBytesMax)()
  return wholeLinesOf(bytes, { full: bytes.length === sliceBytesMax, last })
}

const isOver = (found: Result<Job>): boolean => !found.ok || isTerminal(found.value.state)

const reasonOf = (found: Result<Job>, log: OpenLog | null): LogEnd => {
  if (!found.ok) return 'entry-deleted'
  if (!isOver(found)) return 'log-removed'
  return log === null && isGone(found.value) ? 'log-removed' : 'complete'
}
