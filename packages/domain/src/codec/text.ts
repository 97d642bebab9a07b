/**
 * Texts and numbers with a rule, each named so that an error message says the rule.
 */
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { oneOf } from './one-of.js'

/** A codec of those values of `base` for which the rule in `name` holds. */
export const refined = <A>(base: t.Type<A, A, unknown>, name: string, holds: (value: A) => boolean): t.Type<A, A, unknown> =>
  new t.Type<A, A, unknown>(
    name,
    (input): input is A => base.is(input) && holds(input),
    (input, context) => {
      const decoded = base.validate(input, context)
      if (E.isLeft(decoded)) return t.failure(input, context)
      return holds(decoded.right) ? decoded : t.failure(input, context)
    },
    t.identity,
  )

/** A text of 1 to 4,096 characters with no NUL. */
export const Text = refined(
  t.string,
  'a text of 1 to 4096 characters',
  (text) => text.length > 0 && text.length <= 4096 && !text.includes('\0'),
)

/** An id that a person may choose: lower-case letters, digits, `.`, `_` and `-`, 1 to 64 of them, a letter or digit first. */
export const Id = refined(t.string, 'an id (a-z, 0-9, ".", "_", "-"; at most 64)', (text) => /^[a-z0-9][a-z0-9._-]{0,63}$/.test(text))

/** RFC 3339 in UTC with milliseconds. */
export const Instant = refined(t.string, 'an instant such as 2026-11-03T02:13:00.000Z', (text) => {
  const ms = Date.parse(text)
  return !Number.isNaN(ms) && new Date(ms).toISOString() === text
})

export const AbsolutePath = refined(
  t.string,
  'an absolute path',
  (text) => text.startsWith('/') && text.length <= 4096 && !text.includes('\0'),
)

/** 0, 1, 2 … */
export const Count = refined(t.number, 'a whole number from 0', (value) => Number.isSafeInteger(value) && value >= 0)

/** 1, 2, 3 … */
export const Positive = refined(t.number, 'a whole number from 1', (value) => Number.isSafeInteger(value) && value >= 1)

/** A port of TCP. */
export const Port = refined(t.number, 'a port from 1 to 65535', (value) => Number.isInteger(value) && value >= 1 && value <= 65_535)

export const Percent = refined(t.number, 'a number from 0 to 100', (value) => value >= 0 && value <= 100)

/** Borg's own compression string, such as `lz4`, `zstd,3`, `auto,lzma,6`. */
export const Compression = refined(t.string, 'a compression such as lz4, zstd,3 or auto,lzma,6', (text) =>
  /^(auto,)?(none|lz4|zstd(,\d{1,2})?|zlib(,\d)?|lzma(,\d)?)$/.test(text.replace(/^obfuscate,\d+,/, '')),
)

/** A span as borg takes it for `--keep-within`: hours, days, weeks, months or years, at least one. */
export const Interval = refined(t.string, 'an interval such as 12H, 7d, 4w, 6m or 1y', (text) => /^[1-9]\d{0,4}[Hdwmy]$/.test(text))

/** The name of a series: it begins archive names, so it is a name and no pattern. */
export const SeriesName = refined(t.string, 'a series name (letters, digits, ".", "_", "-"; at most 100)', (text) =>
  /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(text),
)

/** The name of an archive as borg takes it: no slash, no blank at either end, no placeholder braces. */
export const ArchiveName = refined(t.string, 'an archive name', (text) => /^[^/{}\0\s][^/{}\0]{0,199}$/.test(text) && text.trim() === text)

/** A list that has something in it. */
export const someOf = <A>(item: t.Type<A, A, unknown>, name: string): t.Type<ReadonlyArray<A>, ReadonlyArray<A>, unknown> => {
  const list = t.readonlyArray(item, name)
  return new t.Type<ReadonlyArray<A>, ReadonlyArray<A>, unknown>(
    name,
    (input): input is ReadonlyArray<A> => list.is(input) && input.length > 0,
    (input, context) => {
      const decoded = list.validate(input, context)
      return E.isRight(decoded) && decoded.right.length === 0 ? t.failure(input, context) : decoded
    },
    t.identity,
  )
}

export const nullable = <A>(codec: t.Type<A, A, unknown>): t.Type<A | null, A | null, unknown> =>
  oneOf(`${codec.name} or null`, [codec, t.null])
