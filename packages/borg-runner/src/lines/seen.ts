/**
 * What the lines of a run add up to: its last error, its warnings by kind, the exit code that borg itself told.
 *
 * A plain value, so that it can be kept beside the spool and taken up by the next worker.
 */
import type { BorgError, Warning } from '@borgledger/domain'
import type { Line, LogMessage } from './line.js'
import { tellingOf } from './traceback.js'

export interface Seen {
  readonly lastError: BorgError | null
  readonly warnings: ReadonlyArray<Warning>
  /** From `--show-rc`. */
  readonly exitCode: number | null
  /** How often borg has saved its cache, which it does with each checkpoint. */
  readonly commits: number
  /** Somebody asked the run to stop. */
  readonly interrupted: boolean
  /** Paths asked for that match nothing, as borg tells them. */
  readonly unmatched: ReadonlyArray<string>
  /** How many errors without a key of borg's own there were: in a check, damage. */
  readonly problems: number
  /** The first of them that tells more than that there are some. */
  readonly firstProblem: string | null
  /** What a prune keeps and what it deletes, by borg's id of the archive. */
  readonly pruning: ReadonlyArray<{ readonly id: string; readonly keeps: boolean }>
  /** How much space was given back, in borg's words. */
  readonly freed: string | null
  /** The last lines that were no JSON: usage errors and crashes of Python speak so. */
  readonly words: ReadonlyArray<string>
}

export const nothingSeen: Seen = {
  lastError: null,
  warnings: [],
  exitCode: null,
  commits: 0,
  interrupted: false,
  unmatched: [],
  problems: 0,
  firstProblem: null,
  pruning: [],
  freed: null,
  words: [],
}

const wordsMax = 20
const messageMax = 2_000
const unmatchedMax = 100

export const see = (seen: Seen, line: Line): Seen => {
  switch (line.tag) {
    case 'log':
      return seeLog(seen, line)
    case 'phase':
      return line.msgid === 'cache.commit' && line.finished ? { ...seen, commits: seen.commits + 1 } : seen
    case 'text':
      return { ...seen, words: [...seen.words, line.text.slice(0, 500)].slice(-wordsMax) }
    default:
      return seen
  }
}

const seeLog = (seen: Seen, log: LogMessage): Seen => {
  if (log.logger === 'borg.output.show-rc') return { ...seen, exitCode: Number(/\brc (\d+)/.exec(log.message)?.[1] ?? seen.exitCode) }
  if (log.level === 'ERROR' || log.level === 'CRITICAL') return seeError(seen, log)
  if (log.level === 'INFO') return seeResult(seen, log)
  const code = log.level === 'WARNING' ? warningCode(log) : null
  if (code === null) return seen
  const warned = { ...seen, warnings: addWarning(seen.warnings, code, log.message) }
  const path = neverMatched.exec(log.message)?.[1]
  return path === undefined || seen.unmatched.length >= unmatchedMax ? warned : { ...warned, unmatched: [...seen.unmatched, path] }
}

const neverMatched = /^Include pattern '(.*)' never matched\.$/s
const summary = /(?:errors|problems) found\.?$/

const seeError = (seen: Seen, log: LogMessage): Seen => {
  const told = { ...seen, lastError: laterError(seen.lastError, log) }
  if (log.msgid !== null) return told
  const telling = seen.firstProblem === null || (summary.test(seen.firstProblem) && !summary.test(log.message))
  return { ...told, problems: seen.problems + 1, firstProblem: telling ? tellingOf(log.message).slice(0, messageMax) : seen.firstProblem }
}

const pruned = /^(Keeping|Would prune|Pruning)\b.*\[([0-9a-f]{64})\]/s
const freed = /^compaction freed about (\S+ \S+) repository space/

/** What some commands tell only in the words of their log. */
const seeResult = (seen: Seen, { logger, message }: LogMessage): Seen => {
  if (logger === 'borg.output.list') {
    const [, verb, id] = pruned.exec(message) ?? []
    return id === undefined ? seen : { ...seen, pruning: [...seen.pruning, { id, keeps: verb === 'Keeping' }] }
  }
  const space = freed.exec(message)?.[1]
  return space === undefined ? seen : { ...seen, freed: space }
}

/** An error with borg's own key wins over later ones without. Borg reports an exception twice: its key, then its traceback. */
const laterError = (last: BorgError | null, { msgid, message }: LogMessage): BorgError => {
  const said = { msgid, message: tellingOf(message).slice(0, messageMax) }
  if (msgid !== null || last === null || last.msgid === null) return said
  const isItsTraceback = last.msgid === 'Exception' && message.startsWith('Traceback')
  return isItsTraceback ? { msgid: last.msgid, message: `${last.message}: ${said.message}`.slice(0, messageMax) } : last
}

/** Null for what borg prints as a warning and is none: words of ssh and of the remote side's banner, and a stale lock that borg healed. */
const warningCode = ({ logger, message, msgid }: LogMessage): string | null => {
  if (logger === 'root' || logger.startsWith('borg.output.')) return null
  if (logger === 'borg.locking' && /\bstale\b/i.test(message)) return null
  const changed = msgid === 'FileChangedWarning' || message.endsWith(': file changed while we backed it up')
  return changed ? 'files-changed' : 'borg-warning'
}

/** Alike warnings counted together; the first one's words stay. */
export const addWarning = (warnings: ReadonlyArray<Warning>, code: string, message: string): ReadonlyArray<Warning> => {
  if (!warnings.some((warning) => warning.code === code))
    return [...warnings, { code, message: message.trim().slice(0, messageMax), count: 1 }]
  return warnings.map((warning) => (warning.code === code ? { ...warning, count: warning.count + 1 } : warning))
}
