/**
 * A call of borg from its claim to its end: recorded before anything is done, and ended however it went. A claim that cannot be had refuses it;
 * one that was left by a dead host is dropped with it.
 */
import type { ArchivesChange, Call, Command } from '@borgledger/domain'
import * as E from 'fp-ts/lib/Either.js'
import type { Reporter } from '../perform/reporter.js'
import type { Ids } from '../ports/ids.js'
import type { RunnerProblem } from '../ports/runner.js'
import type { SubmitError } from '../submit/submission.js'
import type { Submitter } from '../submit/submitter.js'

export interface Claiming {
  readonly submit: Submitter['submit']
  readonly reporter: Reporter
  readonly ids: Ids
}

export interface Asked {
  readonly about: Extract<Command, { readonly type: 'BeginCall' }>['about']
  readonly call: Call
  /** Such as `user:anna`. */
  readonly actor: string
}

/** What came of a call. `archives`: how a list that it saw differs from what is recorded; null when it saw none. */
export interface Came<A> {
  readonly answer: E.Either<RunnerProblem, A>
  readonly archives: ArchivesChange | null
}

/** Left: refused, or it could not be recorded; then nothing was done. */
export const underClaim = async <A>(
  { submit, reporter, ids }: Claiming,
  { about, call, actor }: Asked,
  act: () => Promise<Came<A>>,
): Promise<E.Either<SubmitError, E.Either<RunnerProblem, A>>> => {
  const callId = `call_${ids.fresh()}`
  const begun = await submit({ command: { type: 'BeginCall', callId, about, call }, actor })()
  if (E.isLeft(begun)) return begun
  const end = (error: { readonly code: string; readonly message: string } | null, archives: ArchivesChange | null) =>
    reporter.report(callId, { type: 'EndCall', callId, error, archives }, { correlationId: callId })
  try {
    const { answer, archives } = await act()
    await end(E.isLeft(answer) ? { code: answer.left.code, message: answer.left.message } : null, archives)
    return E.right(answer)
  } catch (cause) {
    await end({ code: 'internal-error', message: cause instanceof Error ? cause.message : String(cause) }, null)
    throw cause
  }
}
