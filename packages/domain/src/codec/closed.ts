/**
 * An object codec that refuses fields it does not know, and names them: what a person sends must never be half-understood.
 *
 * Each field is decoded where it stands, so that an error's path is the field's own. Field codecs check what they decode and change nothing.
 */
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'

export type Closed<R extends t.Props, O extends t.Props> = t.TypeOfProps<R> & t.TypeOfPartialProps<O>

/** What a closed codec is made of, for whoever describes it. */
export interface ClosedFields {
  readonly required: t.Props
  readonly optional: t.Props
}
const fieldsOf = new WeakMap<t.Mixed, ClosedFields>()

/** Null for a codec that is none of `closed`. */
export const closedFieldsOf = (codec: t.Mixed): ClosedFields | null => fieldsOf.get(codec) ?? null

/** Left: an error for each field that is missing, of a wrong type, or unknown. */
export const closed = <R extends t.Props, O extends t.Props>(name: string, required: R, optional: O): t.Type<Closed<R, O>> => {
  const fields: ReadonlyMap<string, t.Mixed> = new Map(Object.entries({ ...required, ...optional }))
  const validate = (input: unknown, context: t.Context): t.Validation<Closed<R, O>> => {
    if (!isObject(input)) return t.failure(input, context)
    const keys = new Set([...fields.keys(), ...Object.keys(input)])
    const errors = [...keys].flatMap((key) => {
      const codec = fields.get(key) ?? unknownField
      if (input[key] === undefined && key in optional) return []
      const decoded = codec.validate(input[key], t.appendContext(context, key, codec, input[key]))
      return E.isLeft(decoded) ? decoded.left : []
    })
    return errors.length === 0 ? t.success(input as Closed<R, O>) : t.failures(errors)
  }
  const is = (input: unknown): input is Closed<R, O> => E.isRight(validate(input, []))
  const codec = new t.Type<Closed<R, O>>(name, is, validate, t.identity)
  fieldsOf.set(codec, { required, optional })
  return codec
}

const isObject = (input: unknown): input is Readonly<Record<string, unknown>> =>
  typeof input === 'object' && input !== null && !Array.isArray(input)

const unknownField = new t.Type<never>('no such field', (_): _ is never => false, t.failure, t.identity)
