/**
 * Every event of the ledger as one union, with the way from and to what is stored.
 *
 * Stored names and shapes are for ever: an old shape is brought to today's by `upcast`, on every read path, and never edited.
 */
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { CallEvent, callEvents } from './call/events.js'
import { problemsOf } from './codec/index.js'
import { IdempotencyEvent, idempotencyEvents } from './idempotency/index.js'
import { JobEvent, jobEvents } from './job/events.js'
import { NotificationEvent, notificationEvents } from './notification/events.js'
import { OwnerEvent, ownerEvents } from './owner/index.js'
import { RepositoryEvent, repositoryEvents } from './repository/index.js'
import { ScheduleEvent, scheduleEvents } from './schedule/events.js'
import { ScriptEvent, scriptEvents } from './script/index.js'
import { SettingsEvent, settingsEvents } from './settings/index.js'
import { TokenEvent, tokenEvents } from './token/index.js'
import { type StoredShape, upcast } from './upcast.js'

export const DomainEvent = t.union([
  JobEvent,
  ScheduleEvent,
  RepositoryEvent,
  ScriptEvent,
  NotificationEvent,
  TokenEvent,
  SettingsEvent,
  OwnerEvent,
  IdempotencyEvent,
  CallEvent,
])
export type DomainEvent = t.TypeOf<typeof DomainEvent>
export type EventType = DomainEvent['type']
export type EventOf<T extends EventType> = Extract<DomainEvent, { readonly type: T }>

const codecs: ReadonlyMap<string, t.Decoder<unknown, DomainEvent>> = new Map(
  [
    ...jobEvents,
    ...scheduleEvents,
    ...repositoryEvents,
    ...scriptEvents,
    ...notificationEvents,
    ...tokenEvents,
    ...settingsEvents,
    ...ownerEvents,
    ...idempotencyEvents,
    ...callEvents,
  ].map((codec) => [codec.name, codec]),
)

/** The names of all events, in the order of the nouns. */
export const eventTypes: ReadonlyArray<string> = [...codecs.keys()]

/** The version under which events are stored today; older ones are upcast. */
export const eventVersion = 1

/** An event as it is stored: its type beside its data. */
export const toStored = (event: DomainEvent): StoredShape => {
  const { type, ...data } = event
  return { type, version: eventVersion, data }
}

/** Left: a sentence that says what of the stored event cannot be read. */
export const fromStored = (stored: StoredShape): E.Either<string, DomainEvent> => {
  const current = upcast(stored)
  const codec = codecs.get(current.type)
  if (codec === undefined || current.version !== eventVersion)
    return E.left(`unknown event type ${current.type}, version ${current.version}`)
  const decoded = codec.decode({ ...current.data, type: current.type })
  if (E.isRight(decoded)) return decoded
  const [first] = problemsOf(decoded.left)
  return E.left([current.type, first?.path, first?.message].filter(Boolean).join(': '))
}
