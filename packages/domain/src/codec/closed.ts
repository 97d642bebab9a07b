/**
 * An object codec that refuses fields it does not know, and names them: what a person sends must never be half-understood.
 */
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'

export type Closed<R extends t.Props, O extends t.Props> = t.TypeOfProps<R> & t.TypeOfPartialProps<O>

/** Left: one error a field: missing, of a wrong type, or unknown. */
export const closed = <R extends t.Props, O extends t.Props>(name: string, required: R, optional: O): t.Type<Closed<R, O>> => {
  const shape = t.intersection([t.type(required), t.partial(optional)], name)
  const known = new Set([...Object.keys(required), ...Object.keys(optional)])
  return new t.Type<Closed<R, O>>(
    name,
    (input): input is Closed<R, O> => shape.is(input) && Object.keys(input).every((key) => known.has(key)),
    (input, context) => {
      const decoded = shape.validate(input, context)
      if (typeof input !== 'object' || input === null) return decoded as t.Validation<Closed<R, O>>
      const unknown = Object.entries(input).filter(([key]) => !known.has(key))
      const errors = unknown.map(([key, value]) => ({ value, context: t.appendContext(context, key, unknownField, value) }))
      if (errors.length > 0) return E.left(E.isLeft(decoded) ? [...decoded.left, ...errors] : errors)
      return decoded as t.Validation<Closed<R, O>>
    },
    t.identity,
  )
}

const unknownField = new t.Type<never>('no such field', (_): _ is never => false, t.failure, t.identity)
