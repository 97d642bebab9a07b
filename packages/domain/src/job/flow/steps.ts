/**
 * The steps of a job, in order. Each is one run, tried again where that helps, or a job of its own: the maintenance of a backup. Its
 * post-scripts come once its ending is decided, whatever was done before.
 */
import type { BackupSpec, Work } from '../spec.js'
import type { JobState } from '../state.js'
import { postScriptsAfter, preScriptsOf } from './hooks.js'

/** Names of the steps of its work, as they stand in the log. */
export const stepsOf = (work: Work): ReadonlyArray<string> => {
  switch (work.type) {
    case 'backup':
      return [...preScriptsOf(work).map(({ step }) => step), 'create', ...maintenanceOf(work.spec)]
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

const maintenanceOf = ({ prune, compact }: BackupSpec): ReadonlyArray<string> => [
  ...(prune === undefined ? [] : ['prune']),
  ...(compact === undefined ? [] : ['compact']),
]

/** The step that is due; null when all are done. */
export const stepDue = ({ work, done, ending }: Pick<JobState, 'work' | 'done' | 'ending'>): string | null => {
  if (ending === null) return stepsOf(work)[done.length] ?? null
  return postScriptsAfter(work, ending.outcome).find(({ step }) => !done.includes(step))?.step ?? null
}
