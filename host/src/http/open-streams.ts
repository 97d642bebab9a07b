/** The streams that are open now: what they have in common, and how all of them are ended. */
import type { Logger } from 'pino'

export interface OpenStream {
  /** Whether its reader may go on. */
  readonly isWelcome: () => boolean
  readonly leave: () => void
}

export interface OpenStreams {
  /** Gives back how to take it away again. */
  readonly add: (stream: OpenStream) => () => void
  /** Ends those whose readers are not welcome any more. */
  readonly review: () => void
  /** Aborted when the server shuts down: every stream ends. */
  readonly ending: AbortSignal
  readonly endAll: () => void
  readonly log: Logger
  /** A comment goes out as often, so that both sides notice when the other is gone. */
  readonly heartbeatMs: number
  /** A client that takes nothing for so long is cut off. */
  readonly stallMsMax: number
}

export const openStreams = (log: Logger, { heartbeatMs = 15_000, stallMsMax = 30_000 } = {}): OpenStreams => {
  const controller = new AbortController()
  const open = new Set<OpenStream>()
  const add: OpenStreams['add'] = (stream) => {
    open.add(stream)
    return () => void open.delete(stream)
  }
  const review = (): void => {
    for (const stream of open) if (!stream.isWelcome()) stream.leave()
  }
  return { add, review, ending: controller.signal, endAll: () => controller.abort(), log, heartbeatMs, stallMsMax }
}
