/** What is said of a repository's lock that an interrupted run may have left: silence where it is gone, a warning where a person must act. */
import type { RunEvidence, Warning } from '../run/index.js'

export const lockTrouble = ({ lock }: Pick<RunEvidence, 'lock'>): ReadonlyArray<Warning> => {
  switch (lock?.outcome) {
    case 'refused':
      return [trouble(`somebody else holds the lock of the repository${lock.holder === null ? '' : ` (${lock.holder})`}`)]
    case 'failed':
      return [trouble('the lock that the run left could not be broken')]
    case 'broken':
    case 'not-needed':
    case undefined:
      return []
  }
}

const trouble = (what: string): Warning => ({ code: 'repository-locked', message: `${what}; ${byHand}`, count: 1 })

/** Nobody breaks a lock but who knows that its holder is gone. */
export const byHand = 'if its holder is gone for good, it must be broken by hand (borg break-lock)'
