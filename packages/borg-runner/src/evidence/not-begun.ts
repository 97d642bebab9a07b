/** Why a run did not begin, as evidence: no exit, and nothing changed. */
import type { BorgError, RunEvidence } from '@borgledger/domain'
import type { RunRequest } from '@borgledger/engine'
import type { RunnerOptions } from '../options.js'
import { missingOf } from '../preflight.js'
import { readBeforehand } from '../prepare/beforehand.js'
import { removeScratch, scratchOf } from '../restore-check/scratch.js'
import { runDir } from '../run-dir.js'
import { leftByNone } from './left.js'

export const notBegun = async (options: RunnerOptions, { work, runId }: RunRequest, error: BorgError): Promise<RunEvidence> => {
  const left = leftByNone(error)
  switch (work.kind) {
    case 'create':
      return { ...left, kind: work.kind, archive: null, looked: false, missingSources: await missingOf(work.spec.sources) }
    case 'extract':
      return { ...left, kind: work.kind, unmatched: [] }
    case 'check':
      return { ...left, kind: work.kind, problems: 0, firstProblem: null }
    case 'compact':
      return { ...left, kind: work.kind, freedBytes: null }
    case 'prune-plan':
      return { ...left, kind: work.kind, keeps: null, prunes: null, archives: null }
    case 'prune':
    case 'delete': {
      const { archives } = await readBeforehand(runDir(options.dataDir, runId))
      return { ...left, kind: work.kind, before: archives, after: archives }
    }
    case 'restore-check':
      await removeScratch(scratchOf(options.dataDir, runId)).catch(() => {})
      return { ...left, kind: work.kind, archive: null, files: 0, bytes: 0, hashed: 0, mismatches: [], unmatched: [] }
    case 'script':
      return { ...left, kind: work.kind, timedOut: false }
    case 'package':
      return { ...left, kind: work.kind, version: null }
  }
}
