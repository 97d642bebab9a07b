/** How answers are described: by codecs that the compiler holds against the library's own types. */
import { closed, nullable } from '@borgledger/domain'
import * as t from 'io-ts'

/** Does not compile when the codec does not take every value of the type. That it takes no more fields is for the tests, which look at every answer. */
export const recordOf =
  <A>() =>
  <C extends t.Mixed>(codec: A extends t.TypeOf<C> ? C : never): C =>
    codec

export const pageOf = (item: t.Mixed): t.Mixed => closed('a page', { items: t.readonlyArray(item), nextCursor: nullable(t.string) }, {})

export const listOf = (item: t.Mixed): t.Mixed => closed('a list', { items: t.readonlyArray(item) }, {})

export const texts = t.readonlyArray(t.string)
export const textOrNull = nullable(t.string)
/** Of a job that completed. */
export const Outcome = nullable(t.keyof({ success: null, warning: null }))
export const Fault = closed('what went wrong', { code: t.string, message: t.string }, {})
