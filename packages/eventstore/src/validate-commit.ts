/**
 * Checks a commit before anything is written, and names the first field at fault.
 *
 * Every adapter calls it, so that all of them accept and refuse the same commits.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { InvalidCommit } from './errors.js'
import { findNotJson, isPlainObject } from './plain-json.js'
import type { Commit } from './port.js'

export const textLengthMax = 1_024
export const tagLengthMax = 256

const tagPattern = /^[a-z0-9-]+:./s
const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/
// NUL ends a text in some stores, and half a surrogate pair has no UTF-8: neither would come back as it went in.
const unstorable = /\0|\p{Surrogate}/u

/** Could such a text stand in a log as an id, a type or a tag? A query for any other matches nothing. */
export const isStorable = (text: string): boolean => !unstorable.test(text)

const shorten = (text: string): string => (text.length <= 80 ? text : `${text.slice(0, 79)}…`)
const show = (value: unknown): string => {
  if (typeof value === 'string') return shorten(JSON.stringify(value))
  if (Array.isArray(value)) return `a list of ${value.length}`
  return typeof value === 'object' && value !== null ? 'an object' : String(value)
}
const invalid = (field: string, expected: string, value: unknown): InvalidCommit => ({
  tag: 'InvalidCommit',
  field,
  expected,
  actual: show(value),
})

const textFault = (field: string, value: unknown): InvalidCommit | null =>
  typeof value === 'string' && value !== '' && value.length <= textLengthMax && isStorable(value)
    ? null
    : invalid(field, `a text of 1 to ${textLengthMax} characters, well-formed and without NUL`, value)

const tagFault = (field: string, value: unknown): InvalidCommit | null =>
  typeof value === 'string' && value.length <= tagLengthMax && tagPattern.test(value) && isStorable(value)
    ? null
    : invalid(field, `noun:id, the noun of a-z, 0-9 and -, at most ${tagLengthMax} characters`, value)

const isInstant = (value: unknown): boolean => {
  if (typeof value !== 'string' || !instantPattern.test(value)) return false
  const ms = Date.parse(value)
  return !Number.isNaN(ms) && new Date(ms).toISOString() === value
}

const objectFault = (field: string, value: unknown): InvalidCommit | null => {
  if (!isPlainObject(value)) return invalid(field, 'a plain object', value)
  const found = findNotJson(value, field)
  return found === null ? null : { tag: 'InvalidCommit', field: found.path, expected: 'plain JSON', actual: found.actual }
}

const eventFault = (field: string, event: unknown, ids: Set<unknown>): InvalidCommit | null => {
  if (!isPlainObject(event)) return invalid(field, 'an event', event)
  const { id, type, version, tags, data } = event
  const named = textFault(`${field}.id`, id) ?? textFault(`${field}.type`, type)
  if (named !== null) return named
  if (ids.has(id)) return invalid(`${field}.id`, 'an id not used before', id)
  ids.add(id)
  if (!Number.isSafeInteger(version) || Number(version) < 1) return invalid(`${field}.version`, 'a whole number from 1', version)
  if (!Array.isArray(tags)) return invalid(`${field}.tags`, 'a list of tags', tags)
  for (const [index, tag] of tags.entries()) {
    const fault = tagFault(`${field}.tags[${index}]`, tag)
    if (fault !== null) return fault
  }
  return objectFault(`${field}.data`, data)
}

const eventsFault = (events: unknown): InvalidCommit | null => {
  if (!Array.isArray(events) || events.length === 0) return invalid('events', 'one event at least', events)
  const ids = new Set<unknown>()
  for (const [index, event] of events.entries()) {
    const fault = eventFault(`events[${index}]`, event, ids)
    if (fault !== null) return fault
  }
  return null
}

const isTexts = (value: unknown): boolean =>
  value === undefined || (Array.isArray(value) && value.every((text) => typeof text === 'string' && isStorable(text)))

const conditionFault = (condition: Commit['condition']): InvalidCommit | null => {
  if (condition === undefined) return null
  const { after, failIfMatches } = condition
  if (!Number.isSafeInteger(after) || after < 0) return invalid('condition.after', 'a position', after)
  if (failIfMatches === 'all') return null
  const fits = Array.isArray(failIfMatches) && failIfMatches.every((item) => isTexts(item?.types) && isTexts(item?.tags))
  return fits ? null : invalid('condition.failIfMatches', "'all' or a list of items with types and tags", failIfMatches)
}

const envelopeFault = (commit: Commit): InvalidCommit | null => {
  if (!isPlainObject(commit)) return invalid('commit', 'a commit', commit)
  const texts =
    textFault('commitId', commit.commitId) ?? textFault('actor', commit.actor) ?? textFault('correlationId', commit.correlationId)
  if (texts !== null) return texts
  if (!isInstant(commit.at)) return invalid('at', 'an instant such as 2026-11-03T02:13:00.000Z', commit.at)
  return commit.causationId === null ? null : textFault('causationId', commit.causationId)
}

/** Left names the first field at fault; right is the commit as it was given. */
export const validateCommit = (commit: Commit): E.Either<InvalidCommit, Commit> => {
  const fault =
    envelopeFault(commit) ?? objectFault('command', commit.command) ?? eventsFault(commit.events) ?? conditionFault(commit.condition)
  return fault === null ? E.right(commit) : E.left(fault)
}
