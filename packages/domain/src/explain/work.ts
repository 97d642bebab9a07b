/** What a job is asked to do, and what one of its runs does, in words. */
import type { RunWork, Work } from '../job/index.js'
import { some } from './phrases.js'

export const sayWork = (work: Work): string => {
  switch (work.type) {
    case 'backup':
      return `a backup of ${some(work.spec.sources)}`
    case 'restore':
      return `a restore of ${work.spec.archive}`
    case 'check':
      return `a check (${work.spec.mode})`
    case 'compact':
      return 'a compact'
    case 'prune':
      return work.spec.dryRun === true ? 'a prune that only says what it would do' : 'a prune'
    case 'archive-delete':
      return `the deletion of archive ${work.spec.archive}`
    case 'restore-check':
      return `a proof that ${work.spec.archive} can be restored`
    case 'package-install':
      return `the installation of package ${work.spec.package}`
  }
}

export const sayRun = (work: RunWork): string => {
  switch (work.kind) {
    case 'create':
      return `borg is to make the archive ${work.archive}`
    case 'extract':
      return `borg is to extract ${work.archive}`
    case 'check':
      return `borg is to check the repository (${work.mode})`
    case 'compact':
      return 'borg is to compact the repository'
    case 'prune-plan':
      return 'borg is to say what a prune would keep and delete'
    case 'prune':
      return 'borg is to prune'
    case 'delete':
      return `borg is to delete the archive ${work.archive}`
    case 'restore-check':
      return `${work.archive} is to be extracted and compared`
    case 'script':
      return `the script ${work.name} is to run`
    case 'package':
      return `the package ${work.package} is to be installed`
  }
}
