/**
 * Writing to a disk that may be full: commits that may use the reserve are tried again on it, the others are answered `Full`, and none of
 * them takes what was given back for those.
 */
import type { Full } from '@borgledger/eventstore'
import * as E from 'fp-ts/lib/Either.js'
import type { Draft } from '../log-writer.js'
import type { BatchOutcome } from '../write-batch.js'
import type { KeptReserve } from './keep-reserve.js'

type Write = (drafts: ReadonlyArray<Draft>) => BatchOutcome

export const writeOnReserve = (write: Write, reserve: Pick<KeptReserve, 'refusal' | 'giveBack'>): Write => {
  const onReserve = (drafts: ReadonlyArray<Draft>, full: Full): BatchOutcome => {
    const favoured = drafts.filter(({ mayUseReserve }) => mayUseReserve)
    if (favoured.length === 0) return { tag: 'Failed', answer: () => full, isSuspect: false }
    let outcome = write(favoured)
    while (fullOf(outcome, favoured) !== null && reserve.giveBack()) outcome = write(favoured)
    return withOthers(outcome, drafts, full)
  }
  return (drafts) => {
    const refusal = reserve.refusal()
    if (refusal !== null) return onReserve(drafts, refusal)
    const outcome = write(drafts)
    const full = fullOf(outcome, drafts)
    return full === null ? outcome : onReserve(drafts, full)
  }
}

/** That all of them met a full disk; null when it went otherwise. */
const fullOf = (outcome: BatchOutcome, [first]: ReadonlyArray<Draft>): Full | null => {
  if (outcome.tag !== 'Failed' || first === undefined) return null
  const answer = outcome.answer(first.commit.commitId)
  return answer.tag === 'Full' ? answer : null
}

/** The outcome of those that may use the reserve, as one of them all. */
const withOthers = (outcome: BatchOutcome, drafts: ReadonlyArray<Draft>, full: Full): BatchOutcome => {
  switch (outcome.tag) {
    case 'Busy':
      return outcome
    case 'Failed': {
      const favoured = new Set(drafts.filter(({ mayUseReserve }) => mayUseReserve).map(({ commit }) => commit.commitId))
      return { ...outcome, answer: (commitId) => (favoured.has(commitId) ? outcome.answer(commitId) : full) }
    }
    case 'Written': {
      const answers = outcome.answers.values()
      return { ...outcome, answers: drafts.map(({ mayUseReserve }) => (mayUseReserve ? next(answers) : E.left(full))) }
    }
  }
}

const next = <A>(values: Iterator<A>): A => {
  const { done, value } = values.next()
  if (done === true) throw new Error('a batch answered for fewer commits than it was given')
  return value
}
