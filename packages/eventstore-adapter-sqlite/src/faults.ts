/** What SQLite threw, as the errors of the port. */
import type { AppendError, Corrupt, Full, ReadOnly } from '@borgledger/eventstore'
import { classify, PragmaRefused } from './driver/index.js'
import { type OpenError, OpenRefused } from './errors.js'

const detailOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** The ones that say for sure that nothing was written; null for all others. */
export const plainFault = (error: unknown): Full | ReadOnly | Corrupt | null => {
  const detail = detailOf(error)
  switch (classify(error)) {
    case 'full':
      return { tag: 'Full', detail }
    case 'read-only':
      return { tag: 'ReadOnly', detail }
    case 'corrupt':
      return { tag: 'Corrupt', position: null, detail }
    default:
      return null
  }
}

/** Null is a bug: to be thrown on. */
export const openFault = (error: unknown): OpenError | null => {
  if (error instanceof OpenRefused) return error.error
  if (error instanceof PragmaRefused) return { tag: 'NotDurable', detail: error.message }
  return plainFault(error) ?? (classify(error) === null ? null : { tag: 'CannotOpen', detail: detailOf(error) })
}

/** Of a write that failed for another reason than a plain one: a retry under the same id will tell. */
export const unknownOutcome =
  (error: unknown) =>
  (commitId: string): AppendError => ({ tag: 'OutcomeUnknown', commitId, detail: detailOf(error) })

/** An append that met a log which could not be opened again. */
export const reopenFault =
  (error: OpenError) =>
  (commitId: string): AppendError => {
    switch (error.tag) {
      case 'Busy':
      case 'Full':
      case 'ReadOnly':
      case 'Corrupt':
        return error
      default:
        return { tag: 'OutcomeUnknown', commitId, detail: `the log could not be opened again: ${error.tag}` }
    }
  }
