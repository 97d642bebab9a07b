/**
 * What every run leaves, whatever its work was: its exit, borg's last words, and what became of the lock when it was interrupted.
 */
import { readFile } from 'node:fs/promises'
import {
  type BorgError,
  faultOf,
  isRemote,
  type JobErrorCode,
  type LockOutcome,
  type RepositoryAccess,
  type RunEvidence,
  type RunWork,
} from '@borgledger/domain'
import type { RunRequest } from '@borgledger/engine'
import { isBorgWork, repositoryOf } from '../borg-run.js'
import { withSshWords } from '../call.js'
import type { VersionReader } from '../executable.js'
import { lockRule } from '../lock/rule.js'
import type { RunEnding } from '../messages.js'
import type { RunnerOptions } from '../options.js'
import { notRecorded } from '../process/wrapper.js'
import { localId } from '../repository.js'
import { runDir } from '../run-dir.js'
import { withSinkEnd } from './sink-end.js'

export type Left = Pick<RunEvidence, 'exit' | 'lastError' | 'warnings' | 'borgId' | 'borgVersion' | 'lock'>

export interface EvidenceDeps {
  readonly options: RunnerOptions
  readonly versionOf: VersionReader
}

export const leftBy = async ({ options, versionOf }: EvidenceDeps, request: RunRequest, ending: RunEnding): Promise<Left> => {
  const { exitCode, seen } = ending
  const repository = repositoryOf(request)
  const run = runDir(options.dataDir, request.runId)
  const ssh = await readFile(run.sshLog, 'utf8').catch(() => '')
  const said = seen.lastError ?? lastWords(request.work, ending)
  const told = {
    exit: exitCode === null ? null : { code: exitCode, signal: null },
    lastError: said === null ? null : withSshWords(said, ssh),
  }
  return {
    ...(await withSinkEnd(run, told, ssh)),
    warnings: seen.warnings,
    borgId: repository === null ? null : await localId(repository.location),
    borgVersion: repository === null ? null : await versionOf(repository),
    lock: repository === null ? null : await lockLeft(options, repository, request.runId, { ending, fault: faultOf(told) }),
  }
}

/** A lost connection is none of ours to mend: the other side frees its lock when it notices. */
const lockLeft = async (
  options: RunnerOptions,
  repository: RepositoryAccess,
  runId: string,
  { ending, fault }: { readonly ending: RunEnding; readonly fault: JobErrorCode },
): Promise<LockOutcome | null> => {
  if (isRemote(repository.location)) return fault === 'connection-lost' ? { outcome: 'out-of-reach', holder: null } : null
  return wasInterrupted(ending) || fault === 'repository-locked' ? lockRule(options, repository, runId) : null
}

/** Of a run that did not begin. `msgid` as borg would have named it, if it has a name for it. */
export const leftByNone = ({ msgid, message }: BorgError): Left => ({
  exit: null,
  lastError: { msgid, message },
  warnings: [],
  borgId: null,
  borgVersion: null,
  lock: null,
})

/** It was signalled by us, by somebody else, or is gone without a report. */
const wasInterrupted = ({ exitCode, seen }: RunEnding): boolean => seen.interrupted || exitCode === null || exitCode > 128

/** What failed without an error line spoke in plain text: usage errors, scripts, and Python when it could not even start. */
const lastWords = (work: RunWork, { exitCode, seen }: RunEnding): BorgError | null => {
  if (exitCode === notRecorded && seen.words.length === 0)
    return { msgid: null, message: 'it was not started: its pid could not be written' }
  const failed = isBorgWork(work) ? exitCode === null || (exitCode >= 2 && exitCode < 100) || exitCode > 107 : exitCode !== 0
  return failed && seen.words.length > 0 ? { msgid: null, message: seen.words.join('\n').slice(0, 2_000) } : null
}
