/**
 * Turns a run's spool into its job log and into what was seen, a chunk at a time: read, fold, write the log, remember, free.
 *
 * A log that reaches its limit is cut: its head stays, and at the end the last part of the spool follows the mark. Until then that part of
 * the spool is kept.
 */
import { closeSync, openSync, truncateSync } from 'node:fs'
import { decodeLine, decodePlain } from '../lines/decode.js'
import type { Line } from '../lines/line.js'
import { entry, logText } from '../lines/log-text.js'
import { addWarning, type Seen, see } from '../lines/seen.js'
import { advance, type Pace, startPace, type Told, tell } from '../progress.js'
import type { Reading } from '../reading.js'
import { jobLogPath, type RunDir } from '../run-dir.js'
import { spoolFreer } from './free.js'
import { type JobLog, openJobLog } from './job-log.js'
import { readLines } from './read.js'
import { keepTail, readTail, type Tail } from './tail.js'

export interface FollowerOptions {
  readonly dataDir: string
  readonly jobId: string
  readonly logBytesMax: number
  readonly reading: Reading
}

const progressBytesMax = 1024 * 1024
/** Of the log's limit. */
const lastPartShare = 0.2
const cutMark = '[the log is cut here: it reached its limit; its last part follows at the end of the run]'

export class SpoolFollower {
  readonly #run: RunDir
  readonly #reading: Reading
  readonly #log: JobLog
  readonly #headBytesMax: number
  readonly #lastPartBytes: number
  readonly #spool: number
  readonly #free: (upTo: number) => void
  #tail: Tail
  #pace: Pace
  #keptOffset = 0
  /** Why the tail could not be kept, the first time that it could not. */
  #problem: string | null = null

  constructor(run: RunDir, { dataDir, jobId, logBytesMax, reading }: FollowerOptions) {
    this.#run = run
    this.#reading = reading
    this.#lastPartBytes = Math.floor(logBytesMax * lastPartShare)
    this.#headBytesMax = logBytesMax - this.#lastPartBytes
    this.#tail = readTail(run.tail)
    this.#pace = startPace(Date.now())
    this.#spool = openSync(run.stderr, 'a+', 0o600)
    this.#free = spoolFreer(run.stderr)
    this.#log = openJobLog(jobLogPath(dataDir, jobId), this.#tail.logBytes)
  }

  get seen(): Seen {
    return this.#tail.seen
  }

  /** Reads what there is, at most a megabyte; true when there was something. `final`: what has no newline is a line too. */
  drain(final: boolean): boolean {
    const { lines, next } = readLines(this.#spool, this.#tail.offset, final)
    if (next === this.#tail.offset) return false
    const nowMs = Date.now()
    const before = this.#tail.seen
    const text = lines
      .flatMap((line) => this.#decode(line))
      .map((line) => this.#take(line, nowMs))
      .join('')
    this.#append(text)
    // Progress that is read again after a crash does no harm, and it comes with every look.
    const isWorthKeeping = text !== '' || this.#tail.seen !== before || next - this.#keptOffset >= progressBytesMax
    if (isWorthKeeping) this.#remember({ offset: next })
    else this.#tail = { ...this.#tail, offset: next }
    return true
  }

  /** Progress that is due; null when none is. */
  told(nowMs: number): Told | null {
    const [pace, told] = tell(this.#pace, nowMs)
    this.#pace = pace
    return told
  }

  /** A line of our own in the job log. */
  note(level: string, words: string): void {
    this.#append(entry(Date.now(), level, words))
    this.#remember({})
  }

  /** Remembers that somebody asked the run to stop. */
  interrupted(): void {
    this.#remember({ seen: { ...this.#tail.seen, interrupted: true } })
  }

  /** Reads the rest, completes the log and remembers that the run has ended. The writers must be gone. */
  finish(exitCode: number | null, lastWords: ReadonlyArray<string>): Tail {
    while (this.drain(true)) {}
    const words = lastWords.map((text) => entry(Date.now(), 'INFO', text)).join('')
    this.#log.write(this.#lastPart() + words)
    const logBytes = this.#log.finish()
    const kept = this.#remember({ seen: this.#seenAtLast(), ended: { exitCode, logBytes } })
    if (kept) truncateSync(this.#run.stderr, 0)
    return this.#tail
  }

  /** With our own troubles. Where we cannot write, borg could not say either why it failed. */
  #seenAtLast(): Seen {
    const { seen } = this.#tail
    const problem = this.#log.problem()
    const warnings = problem === null ? seen.warnings : addWarning(seen.warnings, 'log-not-written', problem)
    const words = this.#problem === null ? seen.words : [...seen.words, `the folder of the run cannot be written: ${this.#problem}`]
    return { ...seen, warnings, words }
  }

  close(): void {
    this.#log.close()
    closeSync(this.#spool)
  }

  #decode(text: string): ReadonlyArray<Line> {
    return this.#reading.plain ? decodePlain(text) : decodeLine(text)
  }

  /** Folds a line; gives its text for the log. */
  #take(line: Line, nowMs: number): string {
    this.#tail = { ...this.#tail, seen: see(this.#tail.seen, line) }
    this.#pace = advance(this.#pace, line, nowMs, this.#reading.phases)
    return logText(line, nowMs) ?? ''
  }

  /** Before the cut all of a text is written, after it nothing: what is left out begins with a chunk. */
  #append(text: string): void {
    if (this.#tail.cutAt !== null) return
    const fits = (this.#log.position() ?? 0) + Buffer.byteLength(text) <= this.#headBytesMax
    this.#log.write(fits ? text : entry(Date.now(), 'WARNING', cutMark))
    if (!fits) this.#tail = { ...this.#tail, cutAt: this.#tail.offset }
  }

  /** The end of a log that was cut, as text; empty for a whole one. */
  #lastPart(): string {
    const { cutAt, offset } = this.#tail
    if (cutAt === null) return ''
    const from = Math.max(cutAt, offset - this.#lastPartBytes)
    const texts: string[] = []
    for (let at = from, whole = from === cutAt; at < offset; whole = true) {
      const { lines, next } = readLines(this.#spool, at, true)
      for (const line of lines.slice(whole ? 0 : 1).flatMap((text) => this.#decode(text))) texts.push(logText(line, Date.now()) ?? '')
      at = next
    }
    return lastBytes(texts.join(''), this.#lastPartBytes)
  }

  /** False when it could not be kept; then nothing is freed. */
  #remember(changes: Partial<Tail>): boolean {
    this.#tail = { ...this.#tail, ...changes, logBytes: this.#log.position() }
    const problem = keepTail(this.#run.tail, this.#tail)
    this.#problem ??= problem
    const kept = problem === null
    const { cutAt, offset } = this.#tail
    this.#keptOffset = kept ? offset : this.#keptOffset
    if (kept) this.#free(cutAt === null ? offset : offset - this.#lastPartBytes)
    return kept
  }
}

/** Whole lines only. */
const lastBytes = (text: string, bytesMax: number): string => {
  const bytes = Buffer.from(text)
  if (bytes.length <= bytesMax) return text
  const part = bytes.subarray(bytes.length - bytesMax)
  return part.subarray(part.indexOf(0x0a) + 1).toString()
}
