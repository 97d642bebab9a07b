/** The steps of a job, in order. Each is one run, tried again where that helps, or a job of its own: the maintenance of a backup. */
import type { Work } from '../spec.js'
import type { JobState } from '../state.js'

/** Names of steps, as they stand in the log. */
export const stepsOf = (work: Work): ReadonlyArray<string> => {
  switch (work.type) {
    case 'backup':
      return ['create', ...(work.spec.prune === undefined ? [] : ['prune']), ...(work.spec.compact === undefined ? [] : ['compact'])]
    case 'restore':
      return ['extract']
    case 'check':
      return ['check']
    case 'compact':
      return ['compact']
    case 'prune':
      return work.spec.dryRun === true ? ['plan'] : ['plan', 'prune']
    case 'archive-delete':
      return ['delete']
    case 'restore-check':
      return ['restore-check']
    case 'package-install':
      return ['install']
  }
}

/** The step that is due; null when all are done. */
export const stepDue = (job: Pick<JobState, 'work' | 'done'>): string | null => stepsOf(job.work)[job.done.length] ?? null
