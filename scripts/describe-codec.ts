/**
 * An io-ts codec in words: what a field of an event holds. Shapes that have a name are told by it and described once.
 */
import * as D from '@borgledger/domain'
import type * as t from 'io-ts'

/** The shapes that are described under a heading of their own. */
export const shapes: Readonly<Record<string, t.Mixed>> = {
  About: D.About,
  ArchiveListed: D.ArchiveListed,
  ArchiveMade: D.ArchiveMade,
  BorgError: D.BorgError,
  Channel: D.Channel,
  Call: D.Call,
  Claim: D.Claim,
  Effect: D.Effect,
  Exit: D.Exit,
  JobError: D.JobError,
  JobErrorCode: D.JobErrorCode,
  LockOutcome: D.LockOutcome,
  Occasion: D.Occasion,
  Preflight: D.Preflight,
  ProcessIdentity: D.ProcessIdentity,
  Progress: D.Progress,
  RepositoryAccess: D.RepositoryAccess,
  RunEvidence: D.RunEvidence,
  RunTraces: D.RunTraces,
  RunWork: D.RunWork,
  ScriptProgram: D.ScriptProgram,
  ScheduleDefinition: D.ScheduleDefinition,
  SecretRef: D.SecretRef,
  SignalRung: D.SignalRung,
  SlotClass: D.SlotClass,
  Trigger: D.Trigger,
  WaitingReason: D.WaitingReason,
  Warning: D.Warning,
  Work: D.Work,
}

const words: ReadonlyArray<readonly [codec: t.Mixed, word: string]> = [
  [D.Text, 'text'],
  [D.Id, 'id'],
  [D.Instant, 'instant'],
  [D.Count, 'count'],
  [D.Positive, 'positive count'],
  [D.AbsolutePath, 'absolute path'],
]

/** What io-ts keeps in its codecs; each kind has some of these. */
interface Inside {
  readonly _tag?: string
  readonly name: string
  readonly type?: t.Mixed
  readonly types?: ReadonlyArray<t.Mixed>
  readonly props?: Readonly<Record<string, t.Mixed>>
  readonly keys?: Readonly<Record<string, unknown>>
  readonly value?: unknown
}
const inside = (codec: t.Mixed): Inside => codec as unknown as Inside

/** In one cell of a table; a named shape as a link to its heading, unless it is the one being described. */
export const describe = (codec: t.Mixed, describing?: t.Mixed): string => {
  const named = codec === describing ? undefined : Object.entries(shapes).find(([, shape]) => shape === codec)?.[0]
  if (named !== undefined) return `[${named}](#${named.toLowerCase()})`
  const word = words.find(([known]) => known === codec)?.[1]
  return word ?? describeInside(inside(codec), codec)
}

const describeInside = (kind: Inside, codec: t.Mixed): string => {
  switch (kind._tag) {
    case 'StringType':
      return 'text'
    case 'NumberType':
      return 'number'
    case 'BooleanType':
      return 'boolean'
    case 'NullType':
      return 'null'
    case 'LiteralType':
      return `\`${String(kind.value)}\``
    case 'KeyofType':
      return Object.keys(kind.keys ?? {})
        .map((key) => `\`${key}\``)
        .join(', ')
    case 'UnionType':
      return (kind.types ?? []).map((type) => describe(type)).join(' or ')
    case 'ReadonlyArrayType':
      return `list of ${kind.type ? describe(kind.type) : 'anything'}`
    default:
      return describeObject(codec) ?? `*${kind.name}*`
  }
}

const describeObject = (codec: t.Mixed): string | null => {
  const fields = fieldsOf(codec)
  return fields && `{ ${fields.map(({ name, optional, codec: inner }) => `${name}${optional ? '?' : ''}: ${describe(inner)}`).join('; ')} }`
}

export interface Field {
  readonly name: string
  readonly optional: boolean
  readonly codec: t.Mixed
}

/** The fields of an object's codec; null for anything else. */
export const fieldsOf = (codec: t.Mixed): ReadonlyArray<Field> | null => {
  const { _tag, type, types, props } = inside(codec)
  switch (_tag) {
    case 'ReadonlyType':
    case 'ExactType':
      return type ? fieldsOf(type) : null
    case 'IntersectionType':
      return (types ?? []).flatMap((part) => fieldsOf(part) ?? [])
    case 'InterfaceType':
    case 'PartialType':
      return Object.entries(props ?? {}).map(([name, inner]) => ({ name, optional: _tag === 'PartialType', codec: inner }))
    default:
      return null
  }
}
