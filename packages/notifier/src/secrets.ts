/** What targets keep as references, resolved at the moment of use and forgotten after it. */
import type { DeliveryProblem, SecretRef } from '@borgledger/domain'
import * as TE from 'fp-ts/lib/TaskEither.js'

/** Left: why the secret cannot be had, without a word of it. */
export type ResolveSecret = (ref: SecretRef) => TE.TaskEither<{ readonly message: string }, string>

/** Whoever has to put a secret right may do so within the time that a target is tried. */
export const secretOf = (resolve: ResolveSecret, ref: SecretRef): TE.TaskEither<DeliveryProblem, string> =>
  TE.mapLeft(({ message }: { readonly message: string }): DeliveryProblem => ({ message, permanent: false }))(resolve(ref))

/** What may stand in the configuration itself or be a secret. Undefined stays so. */
export const textOf = (resolve: ResolveSecret, text: string | SecretRef): TE.TaskEither<DeliveryProblem, string> =>
  typeof text === 'string' ? TE.right(text) : secretOf(resolve, text)

export const secretOrNull = (resolve: ResolveSecret, ref: SecretRef | undefined): TE.TaskEither<DeliveryProblem, string | null> =>
  ref === undefined ? TE.right(null) : secretOf(resolve, ref)
