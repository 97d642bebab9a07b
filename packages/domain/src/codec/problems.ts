/**
 * Decoding errors as a list that a person can act on: the field's path, what was expected, what came.
 */
import * as E from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'

export interface Problem {
  /** Dotted, such as `sources.0`; empty for the body itself. */
  readonly path: string
  readonly message: string
}

/** Left: one problem a path, in the order in which they were found. */
export const decodeWith = <A>(codec: t.Decoder<unknown, A>, input: unknown): E.Either<ReadonlyArray<Problem>, A> => {
  const decoded = codec.decode(input)
  return E.isLeft(decoded) ? E.left(problemsOf(decoded.left)) : decoded
}

export const problemsOf = (errors: t.Errors): ReadonlyArray<Problem> => {
  const byPath = new Map<string, Problem>()
  for (const error of errors) {
    const path = pathOf(error.context)
    if (!byPath.has(path))
      byPath.set(path, { path, message: error.message ?? `expected ${expectedBy(error.context)}, got ${shown(error.value)}` })
  }
  return [...byPath.values()]
}

/** Intersections and unions number their members in the context; those numbers are no fields of the input. */
const pathOf = (context: t.Context): string =>
  context
    .filter((entry, index) => entry.key !== '' && !isMember(context[index - 1]))
    .map((entry) => entry.key)
    .join('.')

const isMember = (parent: t.ContextEntry | undefined): boolean => {
  const tag = (parent?.type as { readonly _tag?: string } | undefined)?._tag
  return tag === 'IntersectionType' || tag === 'UnionType'
}

const expectedBy = (context: t.Context): string => context[context.length - 1]?.type.name ?? 'something else'

const shown = (value: unknown): string => {
  if (value === undefined) return 'nothing'
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 80 ? `${text.slice(0, 77)}…` : text
}
