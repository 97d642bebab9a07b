/** What a restore check left: how what it restored compares with the archive. Its scratch folder is removed in every case. */
import type { EvidenceOf, WorkOf } from '@borgledger/domain'
import * as E from 'fp-ts/lib/Either.js'
import type { BorgRun } from '../borg-run.js'
import { addWarning } from '../lines/seen.js'
import type { RunEnding } from '../messages.js'
import type { RunnerOptions } from '../options.js'
import { readBeforehand } from '../prepare/beforehand.js'
import { removeScratch, scratchOf } from '../restore-check/scratch.js'
import { type Compared, comparedOf } from '../restore-check/verdict.js'
import { runDir } from '../run-dir.js'
import type { Left } from './left.js'
import { unmatchedOf } from './told.js'

type Evidence = EvidenceOf<'restore-check'>

const nothing: Compared = { files: 0, bytes: 0, hashed: 0, mismatches: [], lossy: 0 }

export const restoreCheckedBy = async (
  options: RunnerOptions,
  run: BorgRun<WorkOf<'restore-check'>>,
  { seen }: RunEnding,
  left: Left,
): Promise<Evidence> => {
  try {
    const { archive } = await readBeforehand(runDir(options.dataDir, run.runId))
    const compared = archive === null || !endedWell(left) ? E.right(nothing) : await comparedOf(options, run, archive)
    const own = { kind: 'restore-check', archive, unmatched: unmatchedOf(seen.unmatched, run.work.paths) } as const
    if (E.isRight(compared)) return { ...withLossy(left, compared.right), ...own }
    return { ...withLossy(left, nothing), ...own, exit: { code: 2, signal: null }, lastError: compared.left }
  } finally {
    await removeScratch(scratchOf(options.dataDir, run.runId)).catch((error: Error) => {
      options.log?.warn({ runId: run.runId, problem: error.message }, 'the folder of a restore check could not be removed')
    })
  }
}

const endedWell = ({ exit }: Left): boolean =>
  exit?.code === 0 || exit?.code === 1 || ((exit?.code ?? 0) >= 100 && (exit?.code ?? 0) <= 127)

const withLossy = (left: Left, { lossy, ...compared }: Compared) => {
  const message = `${lossy} names are not in UTF-8, and what they stand for was not compared`
  return { ...left, ...compared, warnings: lossy === 0 ? left.warnings : addWarning(left.warnings, 'not-compared', message) }
}
