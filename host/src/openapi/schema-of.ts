/**
 * An io-ts codec as a JSON Schema (2020-12). A codec with a rule that no schema says becomes its description alone, which allows everything: a
 * schema never refuses what the codec takes.
 */
import {
  AbsolutePath,
  ArchiveName,
  Count,
  closedFieldsOf,
  Id,
  Instant,
  Percent,
  Port,
  Positive,
  SeriesName,
  Text,
  TokenName,
} from '@borgledger/domain'
import type * as t from 'io-ts'

export type Schema = Readonly<Record<string, unknown>>

const text = { type: 'string', minLength: 1, maxLength: 4096 }

/** Those with a rule, by themselves. */
const ruled: ReadonlyMap<t.Mixed, Schema> = new Map<t.Mixed, Schema>([
  [Text, text],
  [Id, { type: 'string', pattern: '^[a-z0-9][a-z0-9._-]{0,63}$' }],
  [Instant, { type: 'string', format: 'date-time' }],
  [AbsolutePath, { ...text, pattern: '^/' }],
  [ArchiveName, { type: 'string', minLength: 1, maxLength: 200 }],
  [SeriesName, { type: 'string', minLength: 1, maxLength: 100 }],
  [TokenName, { type: 'string', minLength: 1, maxLength: 100 }],
  [Count, { type: 'integer', minimum: 0 }],
  [Positive, { type: 'integer', minimum: 1 }],
  [Port, { type: 'integer', minimum: 1, maximum: 65_535 }],
  [Percent, { type: 'number', minimum: 0, maximum: 100 }],
])

/** What io-ts keeps in its codecs; each kind has some of these. */
interface Inside {
  readonly _tag?: string
  readonly type?: t.Mixed
  readonly types?: ReadonlyArray<t.Mixed>
  readonly props?: t.Props
  readonly keys?: Readonly<Record<string, unknown>>
  readonly value?: unknown
  readonly codomain?: t.Mixed
}

/** `named`: the codecs that stand among the document's components, by which they are referred to. */
export const schemaOf = (codec: t.Mixed, named: ReadonlyMap<t.Mixed, string>): Schema => {
  const name = named.get(codec)
  return name === undefined ? wholeSchemaOf(codec, named) : { $ref: `#/components/schemas/${name}` }
}

/** The schema itself, even of one that has a name. */
export const wholeSchemaOf = (codec: t.Mixed, named: ReadonlyMap<t.Mixed, string>): Schema => {
  const known = ruled.get(codec)
  if (known !== undefined) return known
  const closed = closedFieldsOf(codec)
  if (closed === null) return schemaInside(codec, named)
  const { required, optional } = closed
  return { ...fieldsOf({ ...required, ...optional }, Object.keys(required), named), additionalProperties: false }
}

const schemaInside = (codec: t.Mixed, named: ReadonlyMap<t.Mixed, string>): Schema => {
  const { _tag, type, types = [], props = {}, keys = {}, value, codomain } = codec as unknown as Inside
  const inner = (one: t.Mixed): Schema => schemaOf(one, named)
  switch (_tag) {
    case 'StringType':
      return { type: 'string' }
    case 'NumberType':
      return { type: 'number' }
    case 'BooleanType':
      return { type: 'boolean' }
    case 'NullType':
      return { type: 'null' }
    case 'UnknownType':
      return {}
    case 'AnyDictionaryType':
      return { type: 'object' }
    case 'DictionaryType':
      return { type: 'object', ...(codomain === undefined ? {} : { additionalProperties: inner(codomain) }) }
    case 'LiteralType':
      return { const: value }
    case 'KeyofType':
      return { enum: Object.keys(keys) }
    case 'UnionType':
      return { anyOf: types.map(inner) }
    case 'IntersectionType':
      return { allOf: types.map(inner) }
    case 'InterfaceType':
      return fieldsOf(props, Object.keys(props), named)
    case 'PartialType':
      return fieldsOf(props, [], named)
    case 'ReadonlyType':
    case 'ExactType':
      return type === undefined ? {} : wholeSchemaOf(type, named)
    case 'ArrayType':
    case 'ReadonlyArrayType':
      return { type: 'array', ...(type === undefined ? {} : { items: inner(type) }) }
    default:
      return { description: codec.name }
  }
}

const fieldsOf = (props: t.Props, required: ReadonlyArray<string>, named: ReadonlyMap<t.Mixed, string>): Schema => ({
  type: 'object',
  properties: Object.fromEntries(Object.entries(props).map(([field, codec]) => [field, schemaOf(codec, named)])),
  ...(required.length === 0 ? {} : { required }),
})
