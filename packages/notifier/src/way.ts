/** What every way to a target is given, and the shape in which it answers. */
import type { DeliveryProblem } from '@borgledger/domain'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { ResolveSecret } from './secrets.js'

export interface Circumstances {
  readonly resolveSecret: ResolveSecret
  /** How long one attempt may take. */
  readonly timeoutMs: number
  /** Unix epoch. */
  readonly nowMs: () => number
  /** The program that speaks to whatever Apprise reaches. */
  readonly apprise: string
  /** Aborted when the host ends. */
  readonly stop: AbortSignal
}

export type Sent = TaskEither<DeliveryProblem, void>

export const mayPass = (message: string): DeliveryProblem => ({ message, permanent: false })
export const stays = (message: string): DeliveryProblem => ({ message, permanent: true })
