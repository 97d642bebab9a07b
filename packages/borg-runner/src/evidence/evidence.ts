/**
 * Puts together what is known of a run's end: what its files say, and what is then seen of the repository, the sources, the restored files.
 */
import type { EvidenceOf, RunEvidence, WorkOf } from '@borgledger/domain'
import type { RunRequest } from '@borgledger/engine'
import type { BorgRun } from '../borg-run.js'
import { aptInstaller } from '../installer.js'
import type { RunEnding } from '../messages.js'
import type { RunnerOptions } from '../options.js'
import { readBeforehand } from '../prepare/beforehand.js'
import { runDir } from '../run-dir.js'
import { archivesAfter, planOf } from './changed.js'
import { createdBy } from './created.js'
import { type EvidenceDeps, type Left, leftBy } from './left.js'
import { restoreCheckedBy } from './restore-checked.js'
import { scriptEvidence } from './script.js'
import { checkedBy, compactedBy, extractedBy } from './told.js'

/** The lock rule comes first: what is looked at afterwards needs the lock. */
export const evidenceOf = async (deps: EvidenceDeps, request: RunRequest, ending: RunEnding): Promise<RunEvidence> => {
  const left = await leftBy(deps, request, ending)
  const { repository, work, runId } = request
  if (work.kind === 'script') return scriptEvidence(runDir(deps.options.dataDir, runId), left)
  if (work.kind === 'package') return installedBy(deps.options, work, left)
  if (repository === null) throw new Error(`${work.kind} was run without a repository`)
  return borgEvidence(deps.options, { ...request, repository, work }, ending, left)
}

const borgEvidence = async (options: RunnerOptions, run: BorgRun, ending: RunEnding, left: Left): Promise<RunEvidence> => {
  const { work } = run
  const { archives } = await readBeforehand(runDir(options.dataDir, run.runId))
  switch (work.kind) {
    case 'create':
      return createdBy(options, { ...run, work }, ending, left)
    case 'extract':
      return extractedBy(left, ending, work.paths)
    case 'check':
      return checkedBy(left, ending)
    case 'compact':
      return compactedBy(left, ending)
    case 'prune-plan':
      return planOf(left, ending, archives)
    case 'prune':
    case 'delete':
      return { ...left, kind: work.kind, before: archives, after: await archivesAfter(options, run, left) }
    case 'restore-check':
      return restoreCheckedBy(options, { ...run, work }, ending, left)
  }
}

const installedBy = async (options: RunnerOptions, work: WorkOf<'package'>, left: Left): Promise<EvidenceOf<'package'>> => {
  const version = left.exit?.code === 0 ? await (options.installer ?? aptInstaller).versionOf(work.package) : null
  return { ...left, kind: 'package', version }
}
