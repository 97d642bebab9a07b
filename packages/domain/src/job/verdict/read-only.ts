/** How the steps end that only read the repository: extract, check, restore check. */
import type { EvidenceOf, RunEvidence, Warning } from '../run/index.js'
import { type Asked, undone } from './cut-short.js'
import type { Ending } from './ending.js'
import { endedByItself, errorOf, neverBegan, untold } from './exit.js'

const fine = (rule: string, evidence: RunEvidence): Ending => {
  return { tag: 'Completed', rule, warnings: [...evidence.warnings, ...untold(evidence)], effect: 'complete' }
}

/** A path asked for that matches nothing fails the restore: what was wanted is not there. */
export const judgeExtract = (job: Asked, evidence: EvidenceOf<'extract'>): Ending => {
  const { unmatched, warnings } = evidence
  if (unmatched.length > 0 && endedByItself(evidence)) {
    const error = { code: 'paths-not-found', message: `nothing in the archive matches ${unmatched.join(', ')}` } as const
    return { tag: 'Failed', rule: 'unmatched-paths', warnings, effect: 'partial', error }
  }
  if (endedByItself(evidence)) return fine('extracted', evidence)
  return undone(job, evidence, { effect: neverBegan(evidence) ? 'none' : 'partial', rule: 'borg-error', error: errorOf(evidence) })
}

/** Exit code 1 of a check is damage found, never a warning. */
export const judgeCheck = (job: Asked, evidence: EvidenceOf<'check'>): Ending => {
  const { exit, problems, firstProblem, warnings } = evidence
  if (exit?.code === 0 && problems === 0) return fine('no-damage', evidence)
  if (endedByItself(evidence)) {
    const error = {
      code: 'integrity',
      message: firstProblem ?? 'borg found damage',
      ...(exit?.code == null ? {} : { exitCode: exit.code }),
    } as const
    return { tag: 'Failed', rule: 'damage-found', warnings, effect: 'none', error }
  }
  const seen = { warnings: [...warnings, ...damageSoFar(evidence)] }
  if (exit === null && job.recovery === 'stale' && !job.cancelRequested) {
    const error = {
      code: 'stale-running',
      message: 'its process was found gone, without a report, when the check had run for longer than the settings allow',
    } as const
    return { tag: 'Failed', rule: 'stale', ...seen, effect: 'none', error }
  }
  return undone(job, seen, { effect: 'none', rule: 'borg-error', error: errorOf(evidence) })
}

/** A check that was broken off has seen what it has seen. */
const damageSoFar = ({ problems, firstProblem }: EvidenceOf<'check'>): ReadonlyArray<Warning> =>
  problems === 0 ? [] : [{ code: 'integrity', message: `before it was broken off: ${firstProblem ?? 'damage'}`, count: problems }]

export const judgeRestoreCheck = (job: Asked, evidence: EvidenceOf<'restore-check'>): Ending => {
  const { mismatches, unmatched, warnings } = evidence
  const [first] = mismatches
  if (first !== undefined) {
    const message = `${mismatches.length} differ from the archive, first ${first.path}: ${first.what}`
    return { tag: 'Failed', rule: 'restored-otherwise', warnings, effect: 'none', error: { code: 'integrity', message } }
  }
  if (unmatched.length > 0 && endedByItself(evidence)) {
    const error = { code: 'paths-not-found', message: `nothing in the archive matches ${unmatched.join(', ')}` } as const
    return { tag: 'Failed', rule: 'unmatched-paths', warnings, effect: 'none', error }
  }
  if (endedByItself(evidence)) return { ...fine('restorable', evidence), effect: 'none' }
  return undone(job, evidence, { effect: 'none', rule: 'borg-error', error: errorOf(evidence) })
}
