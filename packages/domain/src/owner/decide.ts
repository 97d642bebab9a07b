/** Owner rules: every start is recorded; opening what is open and closing what is closed is already so. */
import * as E from 'fp-ts/lib/Either.js'
import type { Refusal } from '../refusal.js'
import type { OwnerCommand } from './commands.js'
import type { OwnerEvent } from './events.js'
import type { OwnerState } from './state.js'

export const decideOwner = (command: OwnerCommand, owner: OwnerState): E.Either<Refusal, ReadonlyArray<OwnerEvent>> => {
  switch (command.type) {
    case 'StartOwner':
      return E.right([{ type: 'OwnerStarted', host: command.host, software: command.software, rules: command.rules }])
    case 'OpenDispatch':
      return E.right(owner.dispatching ? [] : [{ type: 'DispatchOpened' }])
    case 'CloseDispatch':
      return E.right(owner.dispatching ? [{ type: 'DispatchClosed', reason: command.reason }] : [])
  }
}
