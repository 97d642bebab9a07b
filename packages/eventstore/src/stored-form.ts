/**
 * A commit on its way into the log and out of it.
 *
 * In: texts are made once (outside any lock), then numbered and hashed (inside it). Out: every read parses anew, so nothing that is given
 * out is shared with anybody.
 */
import * as RNEA from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import { hashCommit } from './chain.js'
import { CorruptLog } from './errors.js'
import { isPlainObject } from './plain-json.js'
import type { Commit, Hash, JsonObject, NewEvent, Position, RecordedCommit, RecordedEvent, StoredEvent, Tag } from './port.js'

/** A commit with its texts made and no place in the log yet. */
export type DraftCommit = Omit<RecordedCommit, 'hash'>

/** The texts of a valid commit; positions count from 1 until `placeCommit`. */
export const draftCommit = ({ condition: _, events, command, ...envelope }: Commit): DraftCommit => ({
  commitId: envelope.commitId,
  first: 1,
  last: events.length,
  at: envelope.at,
  actor: envelope.actor,
  correlationId: envelope.correlationId,
  causationId: envelope.causationId,
  command: JSON.stringify(command),
  events: RNEA.mapWithIndex((index, { id, type, version, tags, data }: NewEvent) => ({
    position: index + 1,
    id,
    type,
    version,
    tags: JSON.stringify(tags),
    data: JSON.stringify(data),
  }))(events),
})

/** Gives a draft its place: the first event stands at `first`, and the hash covers `previous`. */
export const placeCommit = (previous: Hash, first: Position, draft: DraftCommit): RecordedCommit => {
  const events = RNEA.mapWithIndex((index, event: StoredEvent) => ({ ...event, position: first + index }))(draft.events)
  const placed = { ...draft, first, last: first + draft.events.length - 1, events }
  return { ...placed, hash: hashCommit(previous, placed) }
}

/** The stored form of a valid commit behind `previous`, its first event at `first`. */
export const sealCommit = (previous: Hash, first: Position, commit: Commit): RecordedCommit =>
  placeCommit(previous, first, draftCommit(commit))

/**
 * Is the draft the very commit that was stored at `stored`? Every recorded field counts, the instant too; the condition does not.
 * `previous` is the hash of the commit before the stored one.
 */
export const isSameCommit = (previous: Hash, stored: { readonly first: Position; readonly hash: Hash }, draft: DraftCommit): boolean =>
  placeCommit(previous, stored.first, draft).hash === stored.hash

const parse = (text: string, position: Position, what: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw new CorruptLog(position, `${what} is not JSON`)
  }
}

const isTags = (value: unknown): value is ReadonlyArray<Tag> => Array.isArray(value) && value.every((tag) => typeof tag === 'string')
const isObject = (value: unknown): value is JsonObject => isPlainObject(value)

/** The texts of an event as what they mean. Throws `CorruptLog` with the position when one cannot be read. */
export const readTexts = (event: StoredEvent): Pick<RecordedEvent, 'tags' | 'data'> => {
  const tags = parse(event.tags, event.position, 'the list of tags')
  const data = parse(event.data, event.position, 'the data')
  if (!isTags(tags)) throw new CorruptLog(event.position, 'the tags are not a list of texts')
  if (!isObject(data)) throw new CorruptLog(event.position, 'the data is not an object')
  return { tags, data }
}

/** One event of a commit as readers get it. Throws `CorruptLog` with the position when a text cannot be read. */
export const decodeEvent = (commit: Omit<RecordedCommit, 'events' | 'command' | 'hash'>, event: StoredEvent): RecordedEvent => ({
  position: event.position,
  id: event.id,
  type: event.type,
  version: event.version,
  ...readTexts(event),
  at: commit.at,
  actor: commit.actor,
  commitId: commit.commitId,
  correlationId: commit.correlationId,
  causationId: commit.causationId,
})

/** All events of a commit, in order. Throws `CorruptLog`. */
export const decodeCommit = (commit: RecordedCommit): ReadonlyArray<RecordedEvent> =>
  commit.events.map((event) => decodeEvent(commit, event))
