/** What a process's end says by itself. */
import { faultOf } from '../borg-faults.js'
import type { JobError } from '../error.js'
import type { RunEvidence, Warning } from '../run/index.js'
import { isBenign } from './ending.js'
import { lockWords } from './left-lock.js'

type Seen = Pick<RunEvidence, 'exit' | 'lastError' | 'warnings' | 'lock'>

/** 0, 1 and 100-127 are borg's good ends, with or without warnings. */
const isGoodEnd = (code: number | null): boolean => code === 0 || code === 1 || (code !== null && code >= 100 && code <= 127)

export const endedByItself = ({ exit }: Pick<Seen, 'exit'>): boolean => exit !== null && exit.signal === null && isGoodEnd(exit.code)

/** Faults that stop borg before it changes anything. */
export const neverBegan = (seen: Seen): boolean => {
  switch (faultOf(seen)) {
    case 'passphrase-wrong':
    case 'passphrase-missing':
    case 'repository-missing':
    case 'repository-invalid':
    case 'repository-relocated':
    case 'repository-locked':
    case 'archive-exists':
    case 'archive-not-found':
    case 'connection-failed':
      return true
    default:
      return false
  }
}

/** Borg ended with a warning that none of the warnings seen accounts for: 101 and above name a kind that is never benign, 1 any kind. */
export const untold = ({ exit, warnings }: Seen): ReadonlyArray<Warning> => {
  const code = exit?.code ?? 0
  const accounted = code > 100 ? warnings.some((warning) => !isBenign(warning)) : warnings.length > 0
  if (accounted || code === 0 || !isGoodEnd(code)) return []
  if (code === 100) return [{ code: 'files-changed', message: 'borg ended with exit code 100', count: 1 }]
  return [{ code: 'borg-warning', message: `borg ended with exit code ${code}`, count: 1 }]
}

/** What to tell of an end that was not good. */
export const errorOf = (seen: Seen): JobError => {
  const { exit, lastError, lock } = seen
  const msgid = lastError?.msgid == null ? {} : { msgid: lastError.msgid }
  const exitCode = exit?.code == null ? {} : { exitCode: exit.code }
  const code = faultOf(seen)
  const said = lastError?.message ?? sayExit(seen)
  return { code, message: `${said}${lockWords(code, lock)}`, ...msgid, ...exitCode }
}

/** `who`: ended. */
export const sayExit = ({ exit }: Pick<Seen, 'exit'>, who = 'borg'): string => {
  if (exit === null) return `${who} is gone and left no report`
  const signal = exit.signal ?? (exit.code === null ? undefined : signalNames[exit.code - 128])
  return signal === undefined ? `${who} ended with exit code ${exit.code}` : `${who} was ended by ${signal}`
}

/** A shell reports a signal as 128 and its number. */
const signalNames: Readonly<Record<number, string>> = { 1: 'SIGHUP', 2: 'SIGINT', 6: 'SIGABRT', 9: 'SIGKILL', 11: 'SIGSEGV', 15: 'SIGTERM' }
