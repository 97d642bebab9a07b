/**
 * Puts together what is known of a run's end: what its files say, what the repository shows, what the sources look like now.
 */
import { readFile } from 'node:fs/promises'
import type { BackupEvidence, BorgError } from '@borgledger/domain'
import type { RunRequest } from '@borgledger/engine'
import { withSshWords } from './call.js'
import { isWorthALook, look, noLook } from './look.js'
import type { RunEnding } from './messages.js'
import type { RunnerOptions } from './options.js'
import { missingOf } from './preflight.js'
import { notRecorded } from './process/wrapper.js'
import { runDir } from './run-dir.js'

export const evidenceOf = async (
  options: RunnerOptions,
  request: RunRequest,
  ending: RunEnding,
  borgVersion: string | null,
): Promise<BackupEvidence> => {
  const { exitCode, seen, report } = ending
  const exit = exitCode === null ? null : { code: exitCode, signal: null }
  const ssh = await readFile(runDir(options.dataDir, request.runId).sshLog, 'utf8').catch(() => '')
  const said = seen.lastError ?? lastWords(ending)
  const lastError = said === null ? null : withSshWords(said, ssh)
  const shown = report === null && isWorthALook({ lastError, exit }) ? await look(options, request) : noLook
  return {
    exit,
    lastError,
    warnings: seen.warnings,
    archive: report?.archive ?? shown.archive,
    looked: shown.looked,
    missingSources: await missingOf(request.work.spec.sources),
    borgId: report?.borgId ?? shown.borgId,
    borgVersion,
  }
}

/** Why a run did not begin, as evidence: no exit, and nothing to look for. `msgid` as borg would have named it, if it has a name for it. */
export const notBegun = async (request: RunRequest, { msgid, message }: BorgError): Promise<BackupEvidence> => ({
  exit: null,
  lastError: { msgid, message },
  warnings: [],
  archive: null,
  looked: false,
  missingSources: await missingOf(request.work.spec.sources),
  borgId: null,
  borgVersion: null,
})

/** A borg that failed without an error line spoke in plain text: usage errors, and Python when it could not even start. */
const lastWords = ({ exitCode, seen }: RunEnding): BorgError | null => {
  if (exitCode === notRecorded && seen.words.length === 0)
    return { msgid: null, message: 'borg was not started: its pid could not be written' }
  const failed = exitCode === null || (exitCode >= 2 && exitCode < 100) || exitCode > 107
  return failed && seen.words.length > 0 ? { msgid: null, message: seen.words.join('\n').slice(0, 2_000) } : null
}
