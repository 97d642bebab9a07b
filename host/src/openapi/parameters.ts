/** What may stand in a path and in a query, as OpenAPI says it. */
import type * as t from 'io-ts'
import { rangeOf, SomeTexts, YesOrNo } from '../http/query.js'
import { type Schema, wholeSchemaOf } from './schema-of.js'

const unnamed: ReadonlyMap<t.Mixed, string> = new Map()

/** `:id` stands in OpenAPI as `{id}`. */
export const templateOf = (path: string): string => path.replace(/:(\w+)/g, '{$1}')

export const pathParameters = (path: string): ReadonlyArray<Schema> =>
  [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }))

export const queryParameters = (query: t.Props = {}): ReadonlyArray<Schema> =>
  Object.entries(query).map(([name, codec]) => ({ name, in: 'query', description: codec.name, schema: textSchemaOf(codec) }))

/** Of a codec that reads a text. */
const textSchemaOf = (codec: t.Mixed): Schema => {
  const range = rangeOf(codec)
  if (range !== undefined) return { type: 'integer', minimum: range.from, maximum: range.to }
  if (codec === SomeTexts) return { type: 'array', items: { type: 'string' } }
  if (codec === YesOrNo) return { type: 'boolean' }
  const known = wholeSchemaOf(codec, unnamed)
  return 'enum' in known ? known : { type: 'string' }
}
