/** What is asked before and after a call of borg. */
import * as t from 'io-ts'
import { Id, nullable, oneOf, Text } from '../codec/index.js'
import { ArchivesChange } from '../repository/events.js'
import { Call, CallError } from './events.js'

const About = oneOf('a repository or a location', [t.readonly(t.strict({ repositoryId: Id })), t.readonly(t.strict({ location: Text }))])

export const callCommands = [
  /** May this call be made now? It begins if so. */
  t.readonly(t.type({ type: t.literal('BeginCall'), callId: Text, about: About, call: Call }), 'BeginCall'),
  /** `archives`: how the list that was seen differs from what is recorded; null when none was seen. */
  t.readonly(
    t.type({ type: t.literal('EndCall'), callId: Text, error: nullable(CallError), archives: nullable(ArchivesChange) }),
    'EndCall',
  ),
] as const
export const CallCommand = t.union([...callCommands])
export type CallCommand = t.TypeOf<typeof CallCommand>
export type CallCommandOf<T extends CallCommand['type']> = Extract<CallCommand, { readonly type: T }>
