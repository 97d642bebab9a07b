/** Many commits in one transaction and one fsync; each keeps its own row, hash and condition, and fails for itself. */
import { type AppendError, type Appended, CorruptLog, type Position } from '@borgledger/eventstore'
import * as E from 'fp-ts/lib/Either.js'
import { type Connection, classify, transaction } from './driver/index.js'
import { plainFault, unknownOutcome } from './faults.js'
import type { Draft, LogWriter } from './log-writer.js'

export type Answer = E.Either<AppendError, Appended>

/** `Busy`: nothing was tried. `Failed`: all of them; when `isSuspect`, the file must be opened anew before the next write. */
export type BatchOutcome =
  | { readonly tag: 'Written'; readonly answers: ReadonlyArray<Answer>; readonly head: Position }
  | { readonly tag: 'Busy' }
  | { readonly tag: 'Failed'; readonly answer: (commitId: string) => AppendError; readonly isSuspect: boolean }

/** Throws only what is a bug. */
export const writeBatch = (connection: Connection, log: LogWriter, drafts: ReadonlyArray<Draft>): BatchOutcome => {
  try {
    return transaction(connection, () => addAll(log, drafts))
  } catch (error) {
    return failure(error)
  }
}

const addAll = (log: LogWriter, drafts: ReadonlyArray<Draft>): BatchOutcome => {
  let head = log.head()
  const answers = drafts.map((draft) => {
    const answer = log.add(draft, head)
    if (E.isRight(answer) && answer.right.first > head.position) head = { position: answer.right.last, hash: answer.right.hash }
    return answer
  })
  return { tag: 'Written', answers, head: head.position }
}

const failure = (error: unknown): BatchOutcome => {
  if (error instanceof CorruptLog) {
    const { position, message } = error
    return { tag: 'Failed', answer: () => ({ tag: 'Corrupt', position, detail: message }), isSuspect: false }
  }
  const fault = classify(error)
  if (fault === null) throw error
  if (fault === 'busy') return { tag: 'Busy' }
  const plain = plainFault(error)
  if (plain !== null) return { tag: 'Failed', answer: () => plain, isSuspect: false }
  return { tag: 'Failed', answer: unknownOutcome(error), isSuspect: true }
}
