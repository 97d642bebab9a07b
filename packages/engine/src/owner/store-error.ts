/** An owner's own commands are never refused: what keeps one from being recorded is the log. */
import type { AppendError } from '@borgledger/eventstore'
import type { SubmitError } from '../submit/submission.js'

export const storeErrorOf = (error: SubmitError): AppendError => {
  if (error.tag === 'StoreFailed') return error.error
  throw new Error('an owner was refused, which no rule does')
}
