/**
 * Values of the decision state as text, and back, exactly: maps, and the order of fields too, for what is decided takes it over.
 *
 * A field that is undefined is a field that is not there, as in the log. What cannot be said so (a date, a function, a number that is none)
 * throws: no state holds it.
 */
import * as E from 'fp-ts/lib/Either.js'

/** The field of a map's entries. Fields of objects that begin like it are given one more sign. */
const mark = '#'
const mapField = `${mark}map`

export const toExactText = (value: unknown): string => JSON.stringify(plainOf(value))

/** Left: what is wrong with the text. */
export const fromExactText = (text: string): E.Either<string, unknown> => {
  try {
    return E.right(meantBy(JSON.parse(text)))
  } catch (cause) {
    return E.left(cause instanceof Error ? cause.message : String(cause))
  }
}

const plainOf = (value: unknown): unknown => {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      if (Number.isFinite(value)) return value
      break
    case 'object':
      if (value === null) return null
      if (Array.isArray(value)) return value.map(plainOf)
      if (value instanceof Map) return { [mapField]: [...value].map(([key, item]) => [plainOf(key), plainOf(item)]) }
      if (isPlain(value)) return plainFields(value)
      break
    default:
  }
  throw new TypeError(`a state cannot hold ${String(value)}`)
}

const isPlain = (value: object): value is Readonly<Record<string, unknown>> => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

const plainFields = (value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.keys(value)
      .filter((key) => value[key] !== undefined)
      .map((key) => [key.startsWith(mark) ? `${mark}${key}` : key, plainOf(value[key])]),
  )

const meantBy = (plain: unknown): unknown => {
  if (Array.isArray(plain)) return plain.map(meantBy)
  if (typeof plain !== 'object' || plain === null) return plain
  if (mapField in plain) return mapOf(plain)
  return Object.fromEntries(Object.entries(plain).map(([key, item]) => [fieldOf(key), meantBy(item)]))
}

const mapOf = (plain: Readonly<Record<string, unknown>>): ReadonlyMap<unknown, unknown> => {
  const entries = plain[mapField]
  const isWhole = Array.isArray(entries) && entries.every((entry) => Array.isArray(entry) && entry.length === 2)
  if (!isWhole || Object.keys(plain).length !== 1) throw new TypeError('a map that is none')
  const map = new Map(entries.map(([key, item]: [unknown, unknown]) => [meantBy(key), meantBy(item)]))
  if (map.size !== entries.length) throw new TypeError('a map with the same key twice')
  return map
}

const fieldOf = (key: string): string => {
  if (!key.startsWith(mark)) return key
  if (!key.startsWith(mark + mark)) throw new TypeError(`an unknown kind of value: ${key}`)
  return key.slice(mark.length)
}
