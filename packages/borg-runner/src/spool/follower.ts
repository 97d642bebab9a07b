/**
 * Turns a run's spool into its job log and into what was seen, a chunk at a time: read, fold, write the log, remember, free.
 *
 * A log that reaches its limit is cut: its head stays, and at the end the last part of the spool follows the mark. Until then that part of
 * the spool is kept.
 */
import { closeSync, openSync, statSync, truncateSync } from 'node:fs'
import { decodeLine } from '../lines/decode.js'
import type { Line } from '../lines/line.js'
import { entry, logText } from '../lines/log-text.js'
import { addWarning, type Seen, see } from '../lines/seen.js'
import { advance, type Pace, startPace, type Told, tell } from '../progress.js'
import { jobLogPath, type RunDir } from '../run-dir.js'
import { spoolFreer } from './free.js'
import { openJobLog } from './job-log.js'
import { readLines } from './read.js'
import { keepTail, readTail, type Tail } from './tail.js'

export interface Follower {
  /** Reads what there is, at most a megabyte; true when there was something. */
  readonly drain: (final: boolean) => boolean
  readonly seen: () => Seen
  /** Progress that is due. */
  readonly told: (nowMs: number) => Told | null
  /** A line of our own in the job log. */
  readonly note: (level: string, words: string) => void
  /** Reads the rest, completes the log and remembers that the run has ended. The writers must be gone. */
  readonly finish: (exitCode: number | null, lastWords: ReadonlyArray<string>) => Tail
  readonly close: () => void
}

export interface FollowerOptions {
  readonly dataDir: string
  readonly jobId: string
  readonly logBytesMax: number
}

const tailShare = 0.2
const cutMark = (nowMs: number): string =>
  entry(nowMs, 'WARNING', '[the log is cut here: it reached its limit; its last part follows at the end of the run]')

export const followSpool = (run: RunDir, options: FollowerOptions): Follower => {
  const logPath = jobLogPath(options.dataDir, options.jobId)
  const keptBytes = Math.floor(options.logBytesMax * tailShare)
  const free = spoolFreer(run.stderr)
  const spool = openSync(run.stderr, 'a+', 0o600)
  let tail = readTail(run.tail)
  let pace: Pace = startPace(Date.now())
  const log = openJobLog(logPath, tail.logBytes)

  const remember = (changes: Partial<Tail>): void => {
    tail = { ...tail, ...changes, logBytes: log.position() }
    if (keepTail(run.tail, tail)) free(tail.cutAt === null ? tail.offset : tail.offset - keptBytes)
  }
  const append = (text: string): void => {
    if (tail.cutAt !== null) return
    const fits = log.position() + Buffer.byteLength(text) <= options.logBytesMax - keptBytes
    log.write(fits ? text : cutMark(Date.now()))
    if (!fits) tail = { ...tail, cutAt: tail.offset }
  }
  const take = (line: Line, nowMs: number): string => {
    tail = { ...tail, seen: see(tail.seen, line) }
    pace = advance(pace, line, nowMs, null)
    return logText(line, nowMs) ?? ''
  }
  const drain = (final: boolean): boolean => {
    const { lines, next } = readLines(spool, tail.offset, final)
    if (next === tail.offset) return false
    const nowMs = Date.now()
    append(
      lines
        .flatMap(decodeLine)
        .map((line) => take(line, nowMs))
        .join(''),
    )
    remember({ offset: next })
    return true
  }
  const writeLastPart = (): void => {
    if (tail.cutAt === null) return
    const from = Math.max(tail.cutAt, tail.offset - keptBytes)
    const { lines } = readLines(spool, from, true)
    const texts = lines
      .slice(from > tail.cutAt ? 1 : 0)
      .flatMap(decodeLine)
      .map((line) => logText(line, Date.now()) ?? '')
    log.write(lastBytes(texts.join(''), keptBytes))
  }

  return {
    drain,
    seen: () => tail.seen,
    told: (nowMs) => {
      const [next, told] = tell(pace, nowMs)
      pace = next
      return told
    },
    note: (level, words) => {
      append(entry(Date.now(), level, words))
      remember({})
    },
    finish: (exitCode, lastWords) => {
      if (tail.ended !== null) return tail
      while (drain(true)) {}
      writeLastPart()
      log.write(lastWords.map((words) => entry(Date.now(), 'INFO', words)).join(''))
      const problem = log.problem()
      const seen = problem === null ? tail.seen : { ...tail.seen, warnings: addWarning(tail.seen.warnings, 'log-not-written', problem) }
      remember({ seen, ended: { exitCode, logBytes: sizeOf(logPath) } })
      truncateSync(run.stderr, 0)
      return tail
    },
    close: () => {
      log.close()
      closeSync(spool)
    },
  }
}

const lastBytes = (text: string, bytesMax: number): string => {
  const bytes = Buffer.from(text)
  if (bytes.length <= bytesMax) return text
  const part = bytes.subarray(bytes.length - bytesMax)
  return part.subarray(part.indexOf(0x0a) + 1).toString()
}

const sizeOf = (path: string): number | null => {
  try {
    return statSync(path).size
  } catch {
    return null
  }
}
