/**
 * A notifier that sends nothing: every attempt is written down and answered as told.
 */
import type { Channel, NotificationMessage } from '@borgledger/domain'
import type { Notifier } from '@borgledger/engine'
import * as E from 'fp-ts/lib/Either.js'
import { Subject } from 'rxjs'

/** `hang`: it takes until it is stopped, or released. */
export type Answer = 'ok' | 'down' | 'refuse' | 'throw' | 'hang'

export interface Attempted {
  readonly channel: Channel
  readonly message: NotificationMessage
}

export interface ScriptedNotifier extends Notifier {
  /** Every attempt, in order. */
  readonly attempts: ReadonlyArray<Attempted>
  readonly attempted$: Subject<Attempted>
  /** Lets every attempt that hangs arrive. */
  readonly release: () => void
}

/** `answer`: how the nth attempt (0, 1, 2 …) goes; by default each arrives. */
export const scriptedNotifier = (answer: (attempted: Attempted, nth: number) => Answer = () => 'ok'): ScriptedNotifier => {
  const attempts: Attempted[] = []
  const attempted$ = new Subject<Attempted>()
  let release: ReadonlyArray<() => void> = []
  const hang = (stop: AbortSignal): Promise<E.Either<{ readonly message: string; readonly permanent: boolean }, void>> =>
    new Promise((resolve) => {
      release = [...release, () => resolve(E.right(undefined))]
      stop.addEventListener('abort', () => resolve(E.left({ message: 'stopped', permanent: false })))
    })
  return {
    attempts,
    attempted$,
    release: () => {
      const all = release
      release = []
      for (const one of all) one()
    },
    send: (channel, message, stop) => async () => {
      const attempted = { channel, message }
      const answered = answer(attempted, attempts.push(attempted) - 1)
      attempted$.next(attempted)
      switch (answered) {
        case 'ok':
          return E.right(undefined)
        case 'down':
          return E.left({ message: 'HTTP 500', permanent: false })
        case 'refuse':
          return E.left({ message: 'HTTP 404', permanent: true })
        case 'throw':
          throw new Error('no such notifier')
        case 'hang':
          return hang(stop)
      }
    },
  }
}
