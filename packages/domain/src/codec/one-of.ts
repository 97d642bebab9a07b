/**
 * A union whose errors speak of one member: the one that the input was most likely meant to be.
 *
 * io-ts tells what is wrong with respect to every member; a person who sent `{ "file": 1 }` need not hear that `env` is missing too.
 */
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'

/** Left: the errors of the likeliest member; one that names the union when the input is like none of them. */
export const oneOf = <A extends t.Mixed, B extends t.Mixed, M extends ReadonlyArray<t.Mixed>>(
  name: string,
  members: readonly [A, B, ...M],
): t.UnionC<[A, B, ...M]> => {
  const union = t.union([...members] as [A, B, ...M], name)
  const validate: typeof union.validate = (input, context) => {
    let likeliest: t.Errors = []
    for (const [index, member] of members.entries()) {
      const decoded = member.validate(input, t.appendContext(context, String(index), member, input))
      if (E.isRight(decoded)) return decoded
      if (likeliest.length === 0 || strangeness(decoded.left, context) < strangeness(likeliest, context)) likeliest = decoded.left
    }
    return strangeness(likeliest, context) === Number.POSITIVE_INFINITY ? t.failure(input, context) : E.left(likeliest)
  }
  return new t.UnionType(name, union.is, validate, union.encode, union.types) as t.UnionC<[A, B, ...M]>
}

/** Not even of the member's kind is the strangest; a field that is missing is stranger than one that is wrong. */
const strangeness = (errors: t.Errors, context: t.Context): number => {
  if (errors.some((error) => error.context.length <= context.length + 1)) return Number.POSITIVE_INFINITY
  return errors.reduce((sum, error) => sum + (error.value === undefined ? 2 : 1), 0)
}
