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
  /** The last lines that were no JSON: usage errors and crashes of Python speak so. */
  readonly words: ReadonlyArray<string>
}

export const nothingSeen: Seen = { lastError: null, warnings: [], exitCode: null, commits: 0, words: [] }

const wordsMax = 20
const messageMax = 2_000

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
  if (log.level === 'ERROR' || log.level === 'CRITICAL') return { ...seen, lastError: laterError(seen.lastError, log) }
  const code = log.level === 'WARNING' ? warningCode(log) : null
  return code === null ? seen : { ...seen, warnings: addWarning(seen.warnings, code, log.message) }
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
