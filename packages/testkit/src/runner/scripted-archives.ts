/**
 * The archives that scripted runs make, delete and find: as much of a repository as an outcome is judged by.
 */
import type { ArchiveListed, EvidenceOf, RunEvidence, RunWork } from '@borgledger/domain'
import { evidenceOf } from '../run-samples.js'
import { archiveListed, archiveMade } from '../samples.js'

type Archives = ReadonlyArray<ArchiveListed>

/** What a run of this work leaves that ends well, over these archives. A plan keeps the newest of its archives and deletes the others. */
export const doneOver = (work: RunWork, archives: Archives): RunEvidence => {
  switch (work.kind) {
    case 'create':
      return evidenceOf('create', { archive: archiveMade({ name: work.archive }) })
    case 'prune-plan':
      return planOver(work.pattern, archives)
    case 'prune': {
      const { prunes } = planOver(work.pattern, archives)
      return evidenceOf('prune', { before: archives, after: archives.filter(({ name }) => !prunes?.includes(name)) })
    }
    case 'delete':
      return evidenceOf('delete', { before: archives, after: archives.filter(({ name }) => name !== work.archive) })
    case 'restore-check':
      return evidenceOf('restore-check', { archive: work.archive === 'latest' ? (archives.at(-1)?.name ?? null) : work.archive })
    default:
      return evidenceOf(work.kind)
  }
}

const planOver = (pattern: string, archives: Archives): EvidenceOf<'prune-plan'> => {
  const matches = new RegExp(`^${pattern.replace(/[.+^${}()|\\]/g, '\\$&').replaceAll('*', '.*')}$`)
  const scope = archives.map(({ name }) => name).filter((name) => matches.test(name))
  return evidenceOf('prune-plan', { keeps: scope.slice(-1), prunes: scope.slice(0, -1), archives })
}

/** The archives after a run that left this. `work`: what it was to do. */
export const archivesAfter = (archives: Archives, work: RunWork, left: RunEvidence): Archives => {
  switch (left.kind) {
    case 'create':
      return left.archive === null ? archives : [...archives, archiveListed(left.archive.name, { comment: commentOf(work) })]
    case 'prune':
    case 'delete':
      return left.after ?? archives
    default:
      return archives
  }
}

const commentOf = (work: RunWork): string => (work.kind === 'create' ? work.comment : '')
