/** Query parameters, decoded. One that is unknown, wrong or given twice is refused by name, never passed over. */
import { decodeWith, type Result } from 'borgledger'
import * as E from 'fp-ts/lib/Either.js'
import type { MiddlewareHandler } from 'hono'
import * as t from 'io-ts'
import { refused } from './answer.js'
import { problem } from './problem.js'
import type { AppContext, AppEnv } from './route.js'

/** Refuses what a route does not know, so that nothing is passed over. */
export const knownParameters =
  (known: t.Props = {}): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    const strange = Object.keys(c.req.queries()).filter((name) => !Object.hasOwn(known, name))
    if (strange.length === 0) return next()
    const message = strange.map((name) => `${name}: there is no such parameter here`).join('; ')
    return problem(c, { code: 'malformed-request', message })
  }

/** The parameters that are known. Code: `malformed-request`. */
export const readQuery = <P extends t.Props>(c: AppContext, known: P): Result<t.TypeOfPartialProps<P>> => {
  const given = Object.entries(c.req.queries()).map(([name, values]) => [name, values.length === 1 ? values[0] : values])
  const decoded = decodeWith(t.partial(known), Object.fromEntries(given))
  if (E.isRight(decoded)) return { ok: true, value: decoded.right }
  return refused({ code: 'malformed-request', message: decoded.left.map(({ path, message }) => `${path}: ${message}`).join('; ') })
}

const fromText = <A>(name: string, parse: (text: string) => A | null): t.Type<A, unknown, unknown> =>
  new t.Type<A, unknown, unknown>(
    name,
    (_): _ is A => true,
    (input, context) => {
      const value = typeof input === 'string' ? parse(input) : null
      return value === null ? t.failure(input, context) : t.success(value)
    },
    (value) => value,
  )

/** What a codec of `wholeNumber` takes, for whoever describes it. */
const ranges = new WeakMap<t.Mixed, { readonly from: number; readonly to: number }>()
export const rangeOf = (codec: t.Mixed): { readonly from: number; readonly to: number } | undefined => ranges.get(codec)

export const wholeNumber = (from: number, to: number): t.Type<number, unknown, unknown> => {
  const codec = fromText(`a whole number from ${from} to ${to}`, (text) => {
    const value = Number(text)
    return /^\d{1,16}$/.test(text) && value >= from && value <= to ? value : null
  })
  ranges.set(codec, { from, to })
  return codec
}

/** A page of a list: 1 to 200 items. */
export const Limit = wholeNumber(1, 200)
export const limitDefault = 50

/** A position in the log: 0 is before its first event. */
export const PositionText = wholeNumber(0, Number.MAX_SAFE_INTEGER)

/** RFC 3339 in UTC, with or without fractions of a second; told on with milliseconds. */
export const InstantText = fromText('an instant such as 2026-11-03T02:13:00Z', (text) => {
  const ms = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(ms) ? null : new Date(ms).toISOString()
})

export const YesOrNo = fromText('true or false', (text) => (text === 'true' ? true : text === 'false' ? false : null))
/** A moment of the log: an instant, or a position. */
export const MomentText = fromText<string | number>('an instant such as 2026-11-03T02:13:00Z, or a position', (text) => {
  const position = PositionText.decode(text)
  return E.isRight(position) ? position.right : E.getOrElse<unknown, string | null>(() => null)(InstantText.decode(text))
})

export const SomeText = fromText('a text', (text) => (text === '' ? null : text))

export const paging = { limit: Limit, cursor: SomeText }
/** Left out: now. */
export const moment = { at: MomentText }

/** A parameter that may be given several times. */
export const SomeTexts: t.Type<ReadonlyArray<string>, unknown, unknown> = new t.Type<ReadonlyArray<string>, unknown, unknown>(
  'one or more texts',
  (_): _ is ReadonlyArray<string> => true,
  (input, context) => {
    const texts = Array.isArray(input) ? input : [input]
    return texts.every((text) => typeof text === 'string' && text !== '') ? t.success(texts as string[]) : t.failure(input, context)
  },
  (value) => value,
)
