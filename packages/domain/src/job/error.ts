/**
 * Why a job failed: a code from a closed list, a sentence for a person, and borg's own key and exit code where there are any.
 */
import * as t from 'io-ts'

export const JobErrorCode = t.keyof({
  integrity: null,
  'source-missing': null,
  'archive-not-found': null,
  'archive-exists': null,
  'paths-not-found': null,
  'passphrase-wrong': null,
  'passphrase-missing': null,
  'repository-missing': null,
  'repository-invalid': null,
  'repository-locked': null,
  'repository-relocated': null,
  'connection-failed': null,
  'connection-lost': null,
  'no-space': null,
  'script-failed': null,
  'script-timeout': null,
  'skipped-by-script': null,
  'prune-plan-refused': null,
  'interrupted-by-restart': null,
  'stale-pending': null,
  'stale-running': null,
  'worker-lost': null,
  'package-failed': null,
  'destination-refused': null,
  'borg-failed': null,
})
export type JobErrorCode = t.TypeOf<typeof JobErrorCode>

export const JobError = t.intersection([
  t.type({ code: JobErrorCode, message: t.string }),
  t.partial({ msgid: t.string, exitCode: t.number }),
])
export type JobError = Readonly<t.TypeOf<typeof JobError>>

export const Effect = t.keyof({ none: null, partial: null, complete: null, unknown: null })
/** What the repository shows of a job afterwards. */
export type Effect = t.TypeOf<typeof Effect>
