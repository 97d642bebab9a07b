/**
 * How the steps end that change the repository: compact, the plan of a prune, prune, delete. An exit code proves nothing here: what the list
 * of archives shows before and after decides.
 */
import type { Effect, JobError } from '../error.js'
import { planProblem } from '../prune-scope.js'
import type { EvidenceOf, Warning } from '../run/index.js'
import type { JobState } from '../state.js'
import { type Asked, undone, wasCutShort } from './cut-short.js'
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
  const { keeps, prunes, warnings } = evidence
  if (!endedByItself(evidence) || prunes === null || job.work.type !== 'prune') {
    return undone(job, evidence, {
      effect: 'none',
      rule: 'no-plan',
      error: otherwise(evidence, 'it could not be seen what it would delete'),
    })
  }
  const problem = planProblem(job.work.spec, { keeps, prunes }, newestGood)
  if (problem !== null) {
    return { tag: 'Failed', rule: 'plan-refused', warnings, effect: 'none', error: { code: 'prune-plan-refused', message: problem } }
  }
  if (job.work.spec.dryRun === true) return { tag: 'Completed', rule: 'planned', warnings, effect: 'none' }
  if (prunes.length === 0) return { tag: 'Completed', rule: 'nothing-to-prune', warnings, effect: 'none' }
  return { tag: 'GoOn', warnings }
}

/** `planned`: the archives that the plan would delete. One that was gone before, by another hand, is none of its effect. */
export const judgePrune = (job: Asked, evidence: EvidenceOf<'prune'>, planned: ReadonlyArray<string>): Ending => {
  const was = namesIn(evidence.before) ?? planned
  const due = planned.filter((name) => was.includes(name))
  const seen = effectOn(due, namesIn(evidence.after))
  const effect = seen === 'unknown' && neverBegan(evidence) ? 'none' : seen
  if (effect === 'complete' && !gaveUp(job, evidence)) return tookEffect('pruned-as-planned', evidence)
  return undone(job, evidence, { effect, rule: 'not-pruned', error: otherwise(evidence, sayLeft(effect)) })
}

const namesIn = (archives: EvidenceOf<'prune'>['after']): ReadonlyArray<string> | null => archives?.map(({ name }) => name) ?? null

const effectOn = (due: ReadonlyArray<string>, left: ReadonlyArray<string> | null): Effect => {
  if (left === null) return 'unknown'
  const kept = due.filter((name) => left.includes(name)).length
  if (kept === 0) return 'complete'
  return kept < due.length ? 'partial' : 'none'
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
    if (!gaveUp(job, evidence)) return tookEffect('archive-gone', evidence)
    return undone(job, evidence, { effect: 'complete', rule: 'archive-gone', error: errorOf(evidence) })
  }
  const effect: Effect = after === true || neverBegan(evidence) ? 'none' : 'unknown'
  return undone(job, evidence, { effect, rule: 'archive-not-gone', error: otherwise(evidence, sayLeft(effect)) })
}

type Changed = EvidenceOf<'prune' | 'delete'>

/** Start-up cleanup stopped it or found it gone: it failed, whatever its effect. */
const gaveUp = (job: Asked, evidence: Changed): boolean => wasCutShort(job) && !endedByItself(evidence)

const tookEffect = (rule: string, evidence: Changed): Ending => {
  const warnings = [...evidence.warnings, ...untold(evidence), ...brokenAfter(evidence)]
  return { tag: 'Completed', rule, warnings, effect: 'complete' }
}

const brokenAfter = (evidence: Changed): ReadonlyArray<Warning> => {
  if (endedByItself(evidence)) return []
  const { code, message } = errorOf(evidence)
  return [{ code, message: `it took effect, then: ${message}`, count: 1 }]
}

/** Borg may end well without the effect: then it is the list of archives that has something to say. */
const otherwise = (evidence: Changed | EvidenceOf<'prune-plan'>, seen: string): JobError =>
  endedByItself(evidence) ? { ...errorOf(evidence), message: `borg ended well, but ${seen}` } : errorOf(evidence)

const sayLeft = (effect: Effect): string => (effect === 'unknown' ? 'its effect could not be seen' : 'what it was to delete is still there')
