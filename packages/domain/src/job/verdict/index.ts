/** How a step ended, decided from the evidence of its run, by the rule of its kind. */
import type { EvidenceOf, RunEvidence } from '../run/index.js'
import type { JobState } from '../state.js'
import { judgeCompact, judgeDelete, judgePlan, judgePrune } from './changing.js'
import { judgeCreate } from './create.js'
import type { StepEnding } from './ending.js'
import { judgeInstall } from './install.js'
import { lockTrouble } from './left-lock.js'
import { judgeCheck, judgeExtract, judgeRestoreCheck } from './read-only.js'

export { wasCutShort } from './cut-short.js'
export { type Ending, isBenign, type StepEnding, verdictVersion } from './ending.js'
export { judgePreScript, scriptFault } from './script.js'

/** A script is judged by itself: it says nothing of a repository. */
type BorgEvidence = Exclude<RunEvidence, EvidenceOf<'script'>>

/** What is known of the job's surroundings. */
export interface Known {
  /** Original bytes of the last good backups of the job's series, at most five. */
  readonly goodSizes: ReadonlyArray<number>
  /** The newest good archives of the repository's series. */
  readonly newestGood: ReadonlyArray<string>
}

/** A job that was asked to stop has no further step. A lock that the run left is told of, however it ended. */
export const judge = (job: JobState, evidence: BorgEvidence, known: Known): StepEnding => {
  const judged = judgeStep(job, evidence, known)
  const ending = { ...judged, warnings: [...judged.warnings, ...lockTrouble(evidence, judged.tag === 'Failed' ? judged.error : null)] }
  if (ending.tag !== 'GoOn' || !job.cancelRequested) return ending
  return { tag: 'Cancelled', rule: 'cancelled-between-steps', warnings: ending.warnings, effect: 'none' }
}

const judgeStep = (job: JobState, evidence: BorgEvidence, known: Known): StepEnding => {
  switch (evidence.kind) {
    case 'create':
      return judgeCreate(job, evidence, known.goodSizes)
    case 'extract':
      return judgeExtract(job, evidence)
    case 'check':
      return judgeCheck(job, evidence)
    case 'compact':
      return judgeCompact(job, evidence)
    case 'prune-plan':
      return judgePlan(job, evidence, known.newestGood)
    case 'prune':
      return judgePrune(job, evidence, job.planned)
    case 'delete':
      return judgeDelete(job, evidence, job.work.type === 'archive-delete' ? job.work.spec.archive : '')
    case 'restore-check':
      return judgeRestoreCheck(job, evidence)
    case 'package':
      return judgeInstall(job, evidence)
  }
}
