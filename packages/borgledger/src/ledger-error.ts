/** What a refusal or a failing store is called at the library's door. */
import { type Refusal, refusalCode, sayRefusal } from '@borgledger/domain'
import type { SubmitError } from '@borgledger/engine'
import type { AppendError } from '@borgledger/eventstore'
import { invalidBody, type LedgerError } from './result.js'

export const fromSubmitError = (error: SubmitError): LedgerError =>
  error.tag === 'Refused' ? fromRefusal(error.refusal) : fromStoreError(error.error)

export const fromRefusal = (refusal: Refusal): LedgerError => {
  const message = sayRefusal(refusal)
  switch (refusal.tag) {
    case 'InvalidBody':
      return invalidBody(refusal.problems)
    case 'RepositoryBusy':
      return { code: 'repository-busy', message, jobs: refusal.jobs }
    case 'ScriptInUse':
      return { code: 'script-in-use', message, jobs: refusal.jobs }
    case 'LimitReached':
      return { code: 'limit-reached', message, jobs: refusal.jobs }
    case 'JobRunning':
      return { code: 'job-running', message, jobs: [refusal.jobId] }
    case 'JobIdTaken':
    case 'JobNotFound':
    case 'EntryDeleted':
    case 'AlreadyFinished':
    case 'InterruptingIsUnsafe':
    case 'NotUnattended':
    case 'ProcessAlive':
    case 'RepositoryNotFound':
    case 'ScriptNotFound':
    case 'RepositoryAlreadyRegistered':
    case 'NotificationTargetNotFound':
    case 'IdTaken':
    case 'TokenNotFound':
    case 'TokenNameTaken':
    case 'ScheduleNotFound':
    case 'ScheduleMoved':
    case 'IdempotencyKeyReused':
      return { code: refusalCode(refusal), message }
  }
}

export const fromStoreError = (error: AppendError): LedgerError => {
  switch (error.tag) {
    case 'Busy':
      return { code: 'store-busy', message: `another process kept the log locked for ${error.waitedMs} ms; try again` }
    case 'ConditionFailed':
      return { code: 'store-busy', message: 'another process writes to the log all the time; try again' }
    case 'Full':
      return { code: 'store-full', message: `there is no space for the log: ${error.detail}` }
    case 'ReadOnly':
      return { code: 'read-only', message: `the log cannot be written: ${error.detail}` }
    case 'Corrupt':
      return { code: 'read-only', message: sayDamage(error.position, error.detail) }
    case 'OutcomeUnknown':
      return { code: 'store-busy', message: `it is not known whether the command was recorded: ${error.detail}` }
    case 'Closed':
      return { code: 'read-only', message: 'the ledger is closed' }
    case 'CommitIdReused':
    case 'InvalidCommit':
      throw new Error(`the ledger made a commit that the store refuses: ${JSON.stringify(error)}`)
  }
}

const sayDamage = (position: number | null, detail: string): string =>
  position === null ? `the log is damaged: ${detail}` : `the log is damaged at position ${position}: ${detail}`
