/** The rules over a state and nothing else: every command is decided at once, and what happened is told and kept by nobody. */
import { type Command, type DomainEvent, decideAndFold, evolveAll, initialState, type Recorded } from '@borgledger/domain'
import type { SchedulerDeps } from '@borgledger/engine'
import type { VirtualClock } from '@borgledger/testkit'
import * as E from 'fp-ts/lib/Either.js'
import { Subject } from 'rxjs'

export type RulesAlone = SchedulerDeps['submitter'] & { readonly decide: (command: Command) => void }

export const rulesAlone = (clock: VirtualClock, facts: ReadonlyArray<DomainEvent>): RulesAlone => {
  const committed$ = new Subject<Recorded<DomainEvent>>()
  const start = clock.now()
  let state = evolveAll(
    initialState,
    facts.map((event, index) => ({ event, position: index + 1, at: start, actor: 'user:anna' })),
  )
  const decide = (command: Command) => {
    const circumstances = { at: clock.now(), actor: 'system:simulation' }
    const decided = decideAndFold(command, state, circumstances)
    if (E.isLeft(decided)) return E.left({ tag: 'Refused', refusal: decided.left } as const)
    const recorded = decided.right.events.map((event, index) => ({ event, position: state.position + index + 1, ...circumstances }))
    state = decided.right.after
    for (const one of recorded) committed$.next(one)
    return E.right({ events: recorded, position: state.position, madeBefore: null })
  }
  return {
    submit:
      ({ command }) =>
      async () =>
        decide(command),
    decide: (command) => void decide(command),
    state: () => state,
    committed$,
  }
}
