/**
 * What is sent to add or change a notification target. Closed: an unknown field is refused.
 *
 * The usual messages repeat what came. Where a secret may have come, if only to the wrong place, they say what was expected and no more.
 */
import {
  Channel,
  type ChannelKind,
  closed,
  decodeWith,
  defaultOccasions,
  Id,
  Occasion,
  type Problem,
  Repositories,
  Text,
} from '@borgledger/domain'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'

const Kind: t.Type<ChannelKind> = t.keyof({ webhook: null, smtp: null, ntfy: null, apprise: null }, 'webhook, smtp, ntfy or apprise')
const Config = t.record(t.string, t.unknown, 'a configuration')
const Occasions = t.readonlyArray(Occasion, 'a list of occasions such as backup-failure')

export const TargetBody = closed(
  'a notification target',
  { name: Text, kind: Kind, config: Config },
  { id: Id, events: Occasions, repositories: Repositories },
)
export const TargetPatch = closed(
  'changes of a notification target',
  {},
  { name: Text, kind: Kind, config: Config, events: Occasions, repositories: Repositories },
)

export interface TargetBody {
  readonly id?: string
  readonly name: string
  readonly kind: ChannelKind
  /** By kind; see `Channel`. A secret in it is a reference: `{ env }`, `{ file }`, `{ command }` or `{ secret }`. */
  readonly config: Channel['config']
  /** What it is told of; default the failures of backups, restores, checks and schedules. */
  readonly events?: ReadonlyArray<Occasion>
  /** Default `all`. */
  readonly repositories?: Repositories
}
export type TargetPatch = Partial<Omit<TargetBody, 'id'>>

/** What a target is, but for its id. */
export interface TargetShape {
  readonly name: string
  readonly channel: Channel
  readonly occasions: ReadonlyArray<Occasion>
  readonly repositories: Repositories
}
type Decoded<A> = E.Either<ReadonlyArray<Problem>, A>

export const decodeTargetBody = (body: unknown): Decoded<{ readonly id: string | null; readonly shape: TargetShape }> => {
  const decoded = decodeWith(TargetBody, body)
  if (E.isLeft(decoded)) return E.left(discreet(decoded.left))
  const { id = null, name, kind, config, events = defaultOccasions, repositories = 'all' } = decoded.right
  return E.map((channel: Channel) => ({ id, shape: { name, channel, occasions: events, repositories } }))(channelOf(kind, config))
}

/** Another kind needs a configuration of its own; the same one keeps what it had. */
export const decodeTargetPatch = (body: unknown, before: TargetShape): Decoded<TargetShape> => {
  const decoded = decodeWith(TargetPatch, body)
  if (E.isLeft(decoded)) return E.left(discreet(decoded.left))
  const { kind = before.channel.kind, config, events, ...named } = decoded.right
  const kept = kind === before.channel.kind ? before.channel.config : undefined
  const shape = { ...before, ...named, occasions: events ?? before.occasions }
  return E.map((channel: Channel) => ({ ...shape, channel }))(channelOf(kind, config ?? kept))
}

const channelOf = (kind: ChannelKind, config: unknown): Decoded<Channel> => E.mapLeft(discreet)(decodeWith(Channel, { kind, config }))

const repeated = new Set(['id', 'name', 'kind', 'events', 'repositories'])

const discreet = (problems: ReadonlyArray<Problem>): ReadonlyArray<Problem> =>
  problems.map(({ path, message }) =>
    repeated.has(path.split('.')[0] ?? '') ? { path, message } : { path, message: message.replace(/, got [\s\S]*$/, '') },
  )
