/**
 * The ways in which a run of any kind may end, as data: an action says how, and the work says what that leaves behind.
 */
import type { RunEvidence, RunWork } from '@borgledger/domain'
import { evidenceOf, failedEvidenceOf, prunedArchive } from './run-samples.js'
import { archiveListed, archiveMade } from './samples.js'

export const waysToEnd = [
  'well',
  'with-warnings',
  /** It failed, and changed nothing. */
  'failed',
  'stopped',
  /** Its process is gone and left no report; what it was to do was done. */
  'gone-when-done',
  'locked-out',
  'name-taken',
  /** What is asked of it is not there: paths, an archive, a plan that keeps to its series. */
  'amiss',
] as const
export type HowEnded = (typeof waysToEnd)[number]

/** What a run of this work leaves that ended so. */
export const endedAs = (how: HowEnded, work: RunWork): RunEvidence => {
  switch (how) {
    case 'well':
      return doneBy(work)
    case 'with-warnings':
      return { ...doneBy(work), exit: { code: 107, signal: null } }
    case 'failed':
      return failedEvidenceOf(work.kind)
    case 'stopped':
      return { ...failedEvidenceOf(work.kind), exit: { code: 143, signal: null } }
    case 'gone-when-done':
      return { ...doneBy(work), exit: null }
    case 'locked-out':
      return { ...failedEvidenceOf(work.kind), lastError: { msgid: 'LockTimeout', message: 'locked' } }
    case 'name-taken':
      return { ...failedEvidenceOf(work.kind), lastError: { msgid: 'Archive.AlreadyExists', message: 'exists' } }
    case 'amiss':
      return amiss(work)
  }
}

/** All that the work asks for, in a repository that holds the archive in question and a newer one. */
const doneBy = (work: RunWork): RunEvidence => {
  switch (work.kind) {
    case 'create':
      return evidenceOf('create', { archive: archiveMade({ name: work.archive }) })
    case 'delete':
      return evidenceOf('delete', { before: [archiveListed(work.archive), archiveListed()], after: [archiveListed()] })
    case 'prune-plan':
      return evidenceOf('prune-plan', { prunes: work.pattern.startsWith('laptop-') ? [prunedArchive] : [] })
    default:
      return evidenceOf(work.kind)
  }
}

const amiss = (work: RunWork): RunEvidence => {
  switch (work.kind) {
    case 'extract':
    case 'restore-check':
      return { ...evidenceOf(work.kind), unmatched: ['home/nothing'] } as RunEvidence
    case 'check':
      return evidenceOf('check', { exit: { code: 1, signal: null }, problems: 1, firstProblem: 'a chunk is missing' })
    case 'delete':
      return evidenceOf('delete', { before: [], after: [] })
    case 'prune-plan':
      return evidenceOf('prune-plan', { prunes: ['media-20260901T021300Z'] })
    case 'prune':
      return evidenceOf('prune', { exit: { code: 2, signal: null }, before: null, after: null })
    case 'create':
      return evidenceOf('create', { archive: archiveMade({ name: work.archive, files: 0 }) })
    default:
      return failedEvidenceOf(work.kind)
  }
}
