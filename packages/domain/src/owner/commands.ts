/** What an owner does at its start and at its end. */
import * as t from 'io-ts'
import { Count, Text } from '../codec/index.js'

export const ownerCommands = [
  t.readonly(t.type({ type: t.literal('StartOwner'), host: Text, software: Text, rules: Count }), 'StartOwner'),
  /** Start-up cleanup is done, and somebody can watch over runs: jobs may start. */
  t.readonly(t.type({ type: t.literal('OpenDispatch') }), 'OpenDispatch'),
  t.readonly(t.type({ type: t.literal('CloseDispatch'), reason: t.string }), 'CloseDispatch'),
] as const
export const OwnerCommand = t.union([...ownerCommands])
export type OwnerCommand = t.TypeOf<typeof OwnerCommand>
