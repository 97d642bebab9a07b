/** What people ask of a ledger whose history is made up: jobs of every type, in about the proportions of real life. */
import type { Command, JobType, Work } from '@borgledger/domain'
import { workOf } from '../samples.js'
import type { Chance } from './chance.js'

type Request = Extract<Command, { readonly type: 'RequestJob' }>

export const repositoryIdsOf = (count: number): ReadonlyArray<string> =>
  Array.from({ length: count }, (_, index) => `repository-${String(index + 1).padStart(2, '0')}`)

export const someRequest = (jobId: string, repositoryIds: ReadonlyArray<string>, by: Chance): Request => {
  const repositoryId = repositoryIds[by.whole(0, repositoryIds.length - 1)] ?? null
  const work = someWork(repositoryId ?? '', by)
  return {
    type: 'RequestJob',
    jobId,
    work,
    repositoryId: work.type === 'package-install' ? null : repositoryId,
    trigger: { kind: 'manual' },
    onBusy: by.happens(0.02) ? 'refuse' : 'queue',
  }
}

const someWork = (repositoryId: string, by: Chance): Work => {
  if (by.happens(0.7)) return someBackup(by)
  switch (
    by.oneOf<Exclude<JobType, 'backup'>>(['check', 'restore', 'prune', 'compact', 'archive-delete', 'restore-check', 'package-install'])
  ) {
    case 'check':
      return { type: 'check', spec: { mode: by.oneOf<'repository' | 'archives' | 'full'>(['repository', 'archives', 'full']) } }
    case 'restore':
      return workOf('restore')
    case 'prune':
      return { type: 'prune', spec: { keep: { daily: by.whole(1, 30) }, series: repositoryId } }
    case 'compact':
      return workOf('compact')
    case 'archive-delete':
      return workOf('archive-delete')
    case 'restore-check':
      return workOf('restore-check')
    case 'package-install':
      return workOf('package-install')
  }
}

const someBackup = (by: Chance): Work => {
  const upkeep = by.happens(0.2) ? { prune: { keep: { daily: 7 } }, ...(by.happens(0.5) ? { compact: true as const } : {}) } : {}
  return { type: 'backup', spec: { sources: [by.oneOf(['/home', '/etc', '/srv/photos'])], ...upkeep } }
}
