/**
 * How the steps end that change the repository: compact, the plan of a prune, prune, delete. An exit code proves nothing here: what the list
 * of archives shows before and after decides.
 */
import type { Effect } from '../error.js'
import { planProblem } from '../prune-scope.js'
import type { EvidenceOf } from '../run/index.js'
import type { JobState } from '../state.js'
import { type Asked, undone } from './cut-short.js'
import type { Ending, StepEnding } from './ending.js'
import { endedByItself, errorOf, neverBegan, untold } from './exit.js'

export const judgeCompact = (job: Asked, evidence: EvidenceOf<'compact'>): Ending => {
  if (endedByItself(evidence)) {
    return { tag: 'Completed', rule: 'compacted', warnings: [...evidence.warnings, ...untold(evidence)], effect: 'complete' }
  }
  return undone(job, evidence, { effect: neverBegan(evidence) ? 'none' : 'partial', rule: 'borg-error', error: errorOf(evidence) })
}

/** `newestGood`: the newest good archives of the repository's series, which no prune may delete. */
export const judgePlan = (
  job: Asked & Pick<JobState, 'work'>,
  evidence: EvidenceOf<'prune-plan'>,
  newestGood: ReadonlyArray<string>,
): StepEnding => {
  const { prunes, warnings } = evidence
  if (!endedByItself(evidence) || prunes === null || job.work.type !== 'prune') {
    return undone(job, evidence, { effect: 'none', rule: 'no-plan', error: errorOf(evidence) })
  }
  const problem = planProblem(job.work.spec, prunes, newestGood)
  if (problem !== null) {
    return { tag: 'Failed', rule: 'plan-refused', warnings, effect: 'none', error: { code: 'prune-plan-refused', message: problem } }
  }
  if (job.work.spec.dryRun === true) return { tag: 'Completed', rule: 'planned', warnings, effect: 'none' }
  return { tag: 'GoOn' }
}

/** `planned`: the archives that the plan would delete. */
export const judgePrune = (job: Asked, evidence: EvidenceOf<'prune'>, planned: ReadonlyArray<string>): Ending => {
  const { before, after, warnings } = evidence
  const was = before?.map(({ name }) => name) ?? planned
  const left = after?.map(({ name }) => name) ?? null
  const due = planned.filter((name) => was.includes(name))
  const gone = left === null ? null : due.filter((name) => !left.includes(name)).length
  const effect: Effect = gone === null ? 'unknown' : gone === due.length ? 'complete' : gone > 0 ? 'partial' : 'none'
  if (effect === 'complete' && (endedByItself(evidence) || due.length > 0)) {
    return { tag: 'Completed', rule: 'pruned-as-planned', warnings: [...warnings, ...untold(evidence), ...brokenAfter(evidence)], effect }
  }
  return undone(job, evidence, { effect, rule: 'not-pruned', error: errorOf(evidence) })
}

export const judgeDelete = (job: Asked, evidence: EvidenceOf<'delete'>, archive: string): Ending => {
  const has = (archives: typeof evidence.before): boolean | null => archives?.some(({ name }) => name === archive) ?? null
  const [before, after] = [has(evidence.before), has(evidence.after)]
  const { warnings } = evidence
  if (before === false) {
    const error = { code: 'archive-not-found', message: `there is no archive ${archive}` } as const
    return { tag: 'Failed', rule: 'no-such-archive', warnings, effect: 'none', error }
  }
  if (before === true && after === false) {
    return {
      tag: 'Completed',
      rule: 'archive-gone',
      warnings: [...warnings, ...untold(evidence), ...brokenAfter(evidence)],
      effect: 'complete',
    }
  }
  const effect: Effect = after === true || neverBegan(evidence) ? 'none' : 'unknown'
  return undone(job, evidence, { effect, rule: 'archive-not-gone', error: errorOf(evidence) })
}

const brokenAfter = (evidence: EvidenceOf<'prune' | 'delete'>) => {
  if (endedByItself(evidence)) return []
  const { code, message } = errorOf(evidence)
  return [{ code, message: `it took effect, then: ${message}`, count: 1 }]
}
