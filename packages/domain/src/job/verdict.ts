/**
 * How a backup ended, decided from evidence: what the repository shows, then what was asked of us, then borg's own words.
 *
 * An archive that carries the job's id was made, whatever the exit code. Without one the backup did not happen.
 */
import { faultOf } from './borg-faults.js'
import type { Effect, JobError } from './error.js'
import type { BackupEvidence, Warning } from './evidence.js'
import type { JobState } from './state.js'

export type Ending =
  | { readonly tag: 'Completed'; readonly rule: string; readonly warnings: ReadonlyArray<Warning>; readonly effect: Effect }
  | {
      readonly tag: 'Failed'
      readonly rule: string
      readonly warnings: ReadonlyArray<Warning>
      readonly effect: Effect
      readonly error: JobError
    }
  | { readonly tag: 'Cancelled'; readonly rule: string; readonly warnings: ReadonlyArray<Warning>; readonly effect: Effect }

/** Counts up whenever a rule below changes, so that a changed rule is not taken for a forged log. */
export const verdictVersion = 1

/** Warnings that are told and counted, and leave a success a success. */
export const isBenign = (warning: Warning): boolean => warning.code === 'files-changed'

/** `goodSizes`: original bytes of the last good backups of the series, at most five. */
export const judgeBackup = (
  job: Pick<JobState, 'cancelRequested' | 'recovery'>,
  evidence: BackupEvidence,
  goodSizes: ReadonlyArray<number>,
): Ending => {
  const { archive } = evidence
  const cutShort = job.recovery === 'stop' || job.recovery === 'fail'
  if (archive !== null && !(cutShort && !endedByItself(evidence))) {
    const { warnings: told } = evidence
    const warnings = [...told, ...untold(evidence), ...brokenAfter(evidence), ...goneSources(evidence), ...tooSmall(evidence, goodSizes)]
    return { tag: 'Completed', rule: 'archive-made', warnings, effect: 'complete' }
  }
  const effect: Effect = archive !== null ? 'complete' : evidence.looked || neverBegan(evidence) ? 'none' : 'unknown'
  const { warnings } = evidence
  if (job.cancelRequested) return { tag: 'Cancelled', rule: 'cancelled-before-archive', warnings, effect }
  if (cutShort) return { tag: 'Failed', rule: 'interrupted', warnings, effect, error: interrupted(archive !== null) }
  return { tag: 'Failed', rule: 'no-archive', warnings, effect, error: errorOf(evidence) }
}

const endedByItself = ({ exit }: BackupEvidence): boolean => exit !== null && exit.signal === null && isGoodEnd(exit.code)

/** Faults that stop borg before it writes anything. */
const neverBegan = (evidence: BackupEvidence): boolean => {
  switch (faultOf(evidence)) {
    case 'passphrase-wrong':
    case 'passphrase-missing':
    case 'repository-missing':
    case 'repository-invalid':
    case 'repository-relocated':
    case 'repository-locked':
    case 'archive-exists':
    case 'connection-failed':
      return true
    default:
      return false
  }
}

/** 0, 1 and 100-127 are borg's good ends, with or without warnings. */
const isGoodEnd = (code: number | null): boolean => code === 0 || code === 1 || (code !== null && code >= 100 && code <= 127)

/** Borg ended with a warning that none of the warnings seen accounts for: 101 and above name a kind that is never benign, 1 any kind. */
const untold = ({ exit, warnings }: BackupEvidence): ReadonlyArray<Warning> => {
  const code = exit?.code ?? 0
  const accounted = code > 100 ? warnings.some((warning) => !isBenign(warning)) : warnings.length > 0
  if (accounted || code === 0 || !isGoodEnd(code)) return []
  if (code === 100) return [{ code: 'files-changed', message: 'borg ended with exit code 100', count: 1 }]
  return [{ code: 'borg-warning', message: `borg ended with exit code ${code}`, count: 1 }]
}

const brokenAfter = (evidence: BackupEvidence): ReadonlyArray<Warning> => {
  if (endedByItself(evidence)) return []
  return [{ code: errorOf(evidence).code, message: `the archive was made, then: ${errorOf(evidence).message}`, count: 1 }]
}

const goneSources = ({ missingSources }: BackupEvidence): ReadonlyArray<Warning> => {
  if (missingSources.length === 0) return []
  return [{ code: 'source-missing', message: `gone at the end of the run: ${missingSources.join(', ')}`, count: missingSources.length }]
}

/** No file at all, or less than half the median of the series' last good ones. */
const tooSmall = ({ archive }: BackupEvidence, goodSizes: ReadonlyArray<number>): ReadonlyArray<Warning> => {
  if (archive === null) return []
  if (archive.files === 0) return [{ code: 'suspiciously-small', message: 'the archive holds no file', count: 1 }]
  const median = medianOf(goodSizes)
  if (median === null || archive.originalBytes === null || archive.originalBytes * 2 >= median) return []
  const message = `${archive.originalBytes} bytes, less than half of ${median} bytes, the median of the last ${goodSizes.length} good backups`
  return [{ code: 'suspiciously-small', message, count: 1 }]
}

const medianOf = (values: ReadonlyArray<number>): number | null => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null
}

const interrupted = (made: boolean): JobError => ({
  code: 'interrupted-by-restart',
  message: made ? 'the host restarted while it ran; the archive was made' : 'the host restarted while it ran',
})

const errorOf = (evidence: BackupEvidence): JobError => {
  const { exit, lastError } = evidence
  const message = lastError?.message ?? sayExit(evidence)
  const msgid = lastError?.msgid == null ? {} : { msgid: lastError.msgid }
  const exitCode = exit?.code == null ? {} : { exitCode: exit.code }
  return { code: faultOf(evidence), message, ...msgid, ...exitCode }
}

const sayExit = ({ exit, archive }: BackupEvidence): string => {
  if (exit === null) return 'borg is gone and left no report'
  if (exit.signal !== null) return `borg was ended by ${exit.signal}`
  const signal = exit.code === null ? undefined : signalNames[exit.code - 128]
  if (signal !== undefined) return `borg was ended by ${signal}`
  return `borg ended with exit code ${exit.code}${archive === null ? ' and made no archive' : ''}`
}

/** A shell reports a signal as 128 and its number. */
const signalNames: Readonly<Record<number, string>> = { 1: 'SIGHUP', 2: 'SIGINT', 6: 'SIGABRT', 9: 'SIGKILL', 11: 'SIGSEGV', 15: 'SIGTERM' }
