/** A job's log from an offset on, while it grows, to its end. In whole lines, so that no character is torn. */
import { setTimeout as pause } from 'node:timers/promises'
import { type Borgledger, isTerminal } from 'borgledger'
import { wholeLinesOf } from './whole-lines.js'

const sliceBytesMax = 64 * 1024
const lookAgainMs = 250

export interface LogText {
  readonly text: string
  /** Offset in the log of the first byte that is not told yet. */
  readonly end: number
}

/** Ends with the log of a job that has ended, when the entry is deleted, and when the signal is aborted. */
export async function* followLog(ledger: Borgledger, jobId: string, from: number, signal: AbortSignal): AsyncGenerator<LogText> {
  for (let at = from; !signal.aborted; ) {
    // Asked before the log is read: a log that is at its end after its job has ended is whole.
    const found = await ledger.job(jobId).record()
    const ended = !found.ok || isTerminal(found.value.state)
    const slice = await ledger.log.read(jobId, at, sliceBytesMax)
    const bytes = slice === null ? new Uint8Array() : wholeLinesOf(slice.bytes, { full: slice.bytes.length === sliceBytesMax, last: ended })
    if (bytes.length > 0) {
      at += bytes.length
      yield { text: Buffer.from(bytes).toString('utf8').replace(/\n$/, ''), end: at }
    } else if (ended) return
    else await pause(lookAgainMs, undefined, { signal }).catch(() => undefined)
  }
}
