/**
 * The dispatch is open while a run would be watched over, and closed while it would not: a job that could not be started stays pending.
 *
 * Whether it is open and whether it should be are compared again whenever the runner says something, and a second after the log refused.
 */
import type { Command } from '@borgledger/domain'
import type { AppendError } from '@borgledger/eventstore'
import * as E from 'fp-ts/lib/Either.js'
import { filter, firstValueFrom, type Observable, type Subscription } from 'rxjs'
import type { Clock } from '../ports/clock.js'
import type { Readiness, Runner } from '../ports/runner.js'
import type { Submitter } from '../submit/submitter.js'
import { type RunnerTrouble, troubleOf } from './runner-trouble.js'
import { storeErrorOf } from './store-error.js'

export interface GateDeps {
  readonly submitter: Submitter
  readonly runner: Pick<Runner, 'readiness$'>
  readonly clock: Clock
}

type Tended = E.Either<AppendError, void>

const retryMs = 1_000

export class Gate {
  /** Hears when the answer of `trouble` may be another one. */
  readonly changes$: Observable<unknown>
  readonly #deps: GateDeps
  readonly #listening: Subscription
  #readiness: Readiness = { tag: 'NotReady', failures: 0, since: null, message: 'it is being started' }
  #tended: Promise<Tended> = Promise.resolve(E.right(undefined))
  #retry = { cancel: () => {} }
  #active = false

  constructor(deps: GateDeps) {
    this.#deps = deps
    this.changes$ = deps.runner.readiness$
    this.#listening = deps.runner.readiness$.subscribe((readiness) => {
      this.#readiness = readiness
      if (this.#active) void this.#tend()
    })
  }

  /** Nothing is opened before this is asked for: then at once, if the runner is ready, and otherwise once it is. Left: the log cannot be written. */
  async open(): Promise<Tended> {
    await firstValueFrom(this.#deps.runner.readiness$.pipe(filter(isVerdict)), { defaultValue: null })
    this.#active = true
    return this.#tend()
  }

  /** What keeps runs from being watched over; null while nothing does, or it may be over in a moment. */
  trouble(): RunnerTrouble | null {
    return troubleOf(this.#readiness)
  }

  /** From now on the dispatch is left as it is; trouble is told of all the same. */
  async rest(): Promise<void> {
    this.#active = false
    this.#retry.cancel()
    await this.#tended
  }

  close(): Promise<void> {
    this.#listening.unsubscribe()
    return this.rest()
  }

  /** One after the other. */
  async #tend(): Promise<Tended> {
    this.#retry.cancel()
    this.#tended = this.#tended.then(() => this.#settle())
    const tended = await this.#tended
    if (E.isLeft(tended) && this.#active) this.#retry = this.#deps.clock.after(retryMs, () => void this.#tend())
    return tended
  }

  async #settle(): Promise<Tended> {
    const { submitter } = this.#deps
    while (this.#active) {
      const command = commandDue(this.#readiness, submitter.state().owner.dispatching)
      if (command === null) break
      const submitted = await submitter.submit({ command, actor: 'system:owner' })()
      if (E.isLeft(submitted)) return E.left(storeErrorOf(submitted.left))
    }
    return E.right(undefined)
  }
}

/** The first start has ended, one way or the other. */
const isVerdict = (readiness: Readiness): boolean => readiness.tag === 'Ready' || readiness.failures > 0

const commandDue = (readiness: Readiness, dispatching: boolean): Command | null => {
  if (readiness.tag === 'Ready') return dispatching ? null : { type: 'OpenDispatch' }
  return dispatching ? { type: 'CloseDispatch', reason: `nobody can watch over a run: ${readiness.message}` } : null
}
