/** What is said of a repository's lock that an interrupted run may have left: silence where it is gone, a warning where a person must act. */
import type { JobError, JobErrorCode } from '../error.js'
import type { LockOutcome, RunEvidence, Warning } from '../run/index.js'

/** Of a job that failed for the lock itself, the error says it. */
export const lockTrouble = ({ lock }: Pick<RunEvidence, 'lock'>, error: JobError | null): ReadonlyArray<Warning> => {
  if (error?.code === 'repository-locked') return []
  switch (lock?.outcome) {
    case 'refused':
      return [trouble(`somebody else holds the lock of the repository${lock.holder === null ? '' : ` (${lock.holder})`}`)]
    case 'failed':
      return [trouble('the lock that the run left could not be broken')]
    case 'broken':
    case 'not-needed':
    case 'out-of-reach':
    case undefined:
      return []
  }
}

const trouble = (what: string): Warning => ({ code: 'repository-locked', message: `${what}; ${byHand}`, count: 1 })

/** Nobody breaks a lock but who knows that its holder is gone. */
const byHand = 'if its holder is gone for good, it must be broken by hand (borg break-lock)'

/** What is added to the words of an error that has to do with the lock; empty for every other. */
export const lockWords = (code: JobErrorCode, lock: LockOutcome | null): string => {
  const holder = lock?.outcome === 'refused' && lock.holder !== null ? `held by ${lock.holder}; ` : ''
  if (code === 'repository-locked') return `; ${holder}${byHand}`
  return lock?.outcome === 'out-of-reach' ? `; the other side may hold the lock until it notices: ${byHand}` : ''
}
