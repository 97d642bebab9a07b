/**
 * The notifier port: what the engine needs of whoever carries a message to its target. A notifier holds no truth; how it went is recorded.
 */
import type { Channel, DeliveryProblem, NotificationMessage } from '@borgledger/domain'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'

export interface Notifier {
  /**
   * One attempt, of bounded length. Right: the target took the message. Left: why not, in words that hold no secret. Gives up early, by a
   * Left, when `stop` is aborted. A message may be sent again under its id when it is not certain that the attempt before was heard of.
   */
  readonly send: (channel: Channel, message: NotificationMessage, stop: AbortSignal) => TaskEither<DeliveryProblem, void>
}
