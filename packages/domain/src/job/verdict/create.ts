/**
 * How a backup's `create` ended: what the repository shows, then what was asked of us, then borg's own words.
 *
 * An archive that carries the job's id was made, whatever the exit code. Without one the backup did not happen.
 */
import type { Effect } from '../error.js'
import type { EvidenceOf, Warning } from '../run/index.js'
import { type Asked, undone, wasCutShort } from './cut-short.js'
import type { Ending } from './ending.js'
import { endedByItself, errorOf, neverBegan, untold } from './exit.js'

type Created = EvidenceOf<'create'>

/** `goodSizes`: original bytes of the last good backups of the series, at most five. */
export const judgeCreate = (job: Asked, evidence: Created, goodSizes: ReadonlyArray<number>): Ending => {
  const { archive } = evidence
  if (archive !== null && !(wasCutShort(job) && !endedByItself(evidence))) {
    const { warnings: told } = evidence
    const warnings = [...told, ...untold(evidence), ...brokenAfter(evidence), ...goneSources(evidence), ...tooSmall(evidence, goodSizes)]
    return { tag: 'Completed', rule: 'archive-made', warnings, effect: 'complete' }
  }
  const effect: Effect = archive !== null ? 'complete' : evidence.looked || neverBegan(evidence) ? 'none' : 'unknown'
  const told = archive === null ? {} : { interrupted: 'the host restarted while it ran; the archive was made' }
  return undone(job, evidence, { effect, rule: 'no-archive', error: noArchive(evidence), ...told })
}

const noArchive = (evidence: Created) => {
  const error = errorOf(evidence)
  const silent = evidence.lastError === null && evidence.exit?.code != null && evidence.exit.code <= 127
  return silent ? { ...error, message: `${error.message} and made no archive` } : error
}

const brokenAfter = (evidence: Created): ReadonlyArray<Warning> => {
  if (endedByItself(evidence)) return []
  const { code, message } = errorOf(evidence)
  return [{ code, message: `the archive was made, then: ${message}`, count: 1 }]
}

const goneSources = ({ missingSources }: Created): ReadonlyArray<Warning> => {
  if (missingSources.length === 0) return []
  return [{ code: 'source-missing', message: `gone at the end of the run: ${missingSources.join(', ')}`, count: missingSources.length }]
}

/** No file at all, or less than half the median of the series' last good ones. */
const tooSmall = ({ archive }: Created, goodSizes: ReadonlyArray<number>): ReadonlyArray<Warning> => {
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
