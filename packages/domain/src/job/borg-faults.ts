/**
 * What borg's own words mean: msgid first, then the exit code (modern codes of borg 1.4; borg 1.2 gives 2 for every error), then the text.
 *
 * Source: borg's documentation of its message ids and exit codes, and measurements on borg 1.2.4 and 1.4.0.
 */
import type { JobErrorCode } from './error.js'
import type { BorgError, Exit } from './run/index.js'

const byMsgid: Readonly<Record<string, JobErrorCode>> = {
  PassphraseWrong: 'passphrase-wrong',
  PasswordRetriesExceeded: 'passphrase-wrong',
  NoPassphraseFailure: 'passphrase-missing',
  PasscommandFailure: 'passphrase-missing',
  'Repository.DoesNotExist': 'repository-missing',
  'Repository.InvalidRepository': 'repository-invalid',
  'Repository.CheckNeeded': 'integrity',
  'Repository.ObjectNotFound': 'integrity',
  'Repository.InsufficientFreeSpaceError': 'no-space',
  'Repository.StorageQuotaExceeded': 'no-space',
  'Archive.AlreadyExists': 'archive-exists',
  'Archive.DoesNotExist': 'archive-not-found',
  'Cache.RepositoryAccessAborted': 'repository-relocated',
  IntegrityError: 'integrity',
  IntegrityErrorBase: 'integrity',
  DecompressionError: 'integrity',
  ArchiveTAMInvalid: 'integrity',
  ArchiveTAMRequiredError: 'integrity',
  TAMInvalid: 'integrity',
  TAMRequiredError: 'integrity',
  LockTimeout: 'repository-locked',
  LockFailed: 'repository-locked',
  LockError: 'repository-locked',
  ConnectionClosedWithHint: 'connection-failed',
  ConnectionClosed: 'connection-lost',
  ConnectionBroken: 'connection-lost',
}

const byExitCode: Readonly<Record<number, JobErrorCode>> = {
  12: 'integrity',
  13: 'repository-missing',
  14: 'no-space',
  15: 'repository-invalid',
  20: 'no-space',
  30: 'archive-exists',
  31: 'archive-not-found',
  50: 'passphrase-missing',
  51: 'passphrase-missing',
  52: 'passphrase-wrong',
  53: 'passphrase-wrong',
  62: 'repository-relocated',
  72: 'repository-locked',
  73: 'repository-locked',
  80: 'connection-lost',
  81: 'connection-failed',
  87: 'connection-lost',
  90: 'integrity',
  91: 'integrity',
  92: 'integrity',
  95: 'integrity',
  96: 'integrity',
  97: 'integrity',
  98: 'integrity',
  99: 'integrity',
}

const noSpace = /\[Errno 28\]|No space left on device/i
/** Borg lost its connection while it was sending, and tells it as a crash of its own. */
const lostInCrash = /\bborg\.remote\.Connection(Closed|Broken)\b/
const missingChunk = /Object with key .* not found in repository|Data integrity error|ObjectNotFound|FileNotFoundError.*\/data\/\d+\/\d+/is

/** The job error code for how borg ended; `borg-failed` when nothing known matches. */
export const faultOf = (seen: { readonly lastError: BorgError | null; readonly exit: Exit | null }): JobErrorCode => {
  const { lastError, exit } = seen
  if (lastError !== null && noSpace.test(lastError.message)) return 'no-space'
  const named = lastError?.msgid == null ? undefined : byMsgid[lastError.msgid]
  if (named !== undefined) return named
  if (lastError !== null && lostInCrash.test(lastError.message)) return 'connection-lost'
  if (lastError !== null && missingChunk.test(lastError.message)) return 'integrity'
  return (exit?.code == null ? undefined : byExitCode[exit.code]) ?? 'borg-failed'
}
