/** What the run of the step that is due is to do. Made from what is recorded alone, so that the intent says all of it. */
import type { LedgerState } from '../../state.js'
import { archiveCommentOf, archiveNameOf } from '../archive-name.js'
import { prunePatternOf } from '../prune-scope.js'
import type { RunWork } from '../run/work.js'
import type { Work } from '../spec.js'
import type { JobState } from '../state.js'
import { scriptWorkOf } from './script-work.js'
import { stepDue } from './steps.js'

type Known = Pick<LedgerState, 'scripts' | 'repositories'>

/** Null when no step is due, or one that is a job of its own. `at`: the present, as an instant. */
export const runWorkOf = (job: JobState, known: Known, at: string): RunWork | null => {
  const step = stepDue(job)
  return step === null ? null : workFor(job, step, known, at)
}

const workFor = (job: JobState, step: string, known: Known, at: string): RunWork | null => {
  const { work } = job
  switch (work.type) {
    case 'backup':
      return step === 'create' ? createWork(job, work.spec, at) : scriptWorkOf(job, step, known)
    case 'restore': {
      const { archive, destination, paths = [], stripComponents = 0 } = work.spec
      return { kind: 'extract', archive, destination, paths, stripComponents }
    }
    case 'check': {
      const { mode, verifyData = false, maxDurationMs = null, last = null } = work.spec
      return { kind: 'check', mode, verifyData, maxDurationMs, last }
    }
    case 'compact':
      return { kind: 'compact', threshold: work.spec.threshold ?? null }
    case 'prune':
      return { kind: step === 'plan' ? 'prune-plan' : 'prune', keep: work.spec.keep, pattern: prunePatternOf(work.spec) }
    case 'archive-delete':
      return { kind: 'delete', archive: work.spec.archive }
    case 'restore-check':
      return { kind: 'restore-check', archive: work.spec.archive, paths: work.spec.paths ?? [], mode: work.spec.mode }
    case 'package-install':
      return { kind: 'package', package: work.spec.package }
  }
}

const createWork = (job: JobState, spec: Extract<Work, { readonly type: 'backup' }>['spec'], at: string): RunWork => {
  const { jobId } = job
  const series = job.series ?? jobId
  const archive = archiveNameOf(spec.archiveName, { series, jobId, at, attempt: job.attempts + 1 })
  return { kind: 'create', archive, comment: archiveCommentOf(series, jobId), spec }
}
