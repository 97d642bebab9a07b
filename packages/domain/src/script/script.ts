/**
 * What a script is: a text or a command line, how long it may take, and which variables it gets beside those of the hook.
 *
 * A text that begins with `#!` is run by the interpreter it names, any other by `sh`. Nothing of it is secret: it stands in the log.
 */
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { Count, closed, oneOf, refined, someOf, Text } from '../codec/index.js'

const bodyCharsMax = 65_536
/** Ten minutes. */
export const defaultTimeoutMs = 600_000
/** A day. */
const timeoutMsMax = 86_400_000

export const ScriptBody = refined(
  t.string,
  `a text of 1 to ${bodyCharsMax} characters`,
  (text) => text.length > 0 && text.length <= bodyCharsMax && !text.includes('\0'),
)

/** What is run: the text of a script, or a command with its arguments. */
export const ScriptProgram = oneOf('a script', [
  closed('the text of a script', { body: ScriptBody }, {}),
  closed('a command line', { argv: someOf(Text, 'a command with its arguments') }, {}),
])
export type ScriptProgram = t.TypeOf<typeof ScriptProgram>

export const ScriptTimeoutMs = refined(
  Count,
  `a whole number of milliseconds from 1 to ${timeoutMsMax}`,
  (ms) => ms >= 1 && ms <= timeoutMsMax,
)

const nameProblem = (name: string): string | null => {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return 'expected the name of a variable: letters, digits and _'
  return /^(BORG|BORGLEDGER)_/.test(name) ? 'expected no name that begins with BORG_ or BORGLEDGER_: those are set for the script' : null
}

/** Variables by name. What begins with `BORG_` or `BORGLEDGER_` is not for a script to choose. */
export const ScriptEnv = ((): t.Type<{ readonly [name: string]: string }> => {
  type Env = { readonly [name: string]: string }
  const values = t.record(t.string, t.string)
  const validate = (input: unknown, context: t.Context): t.Validation<Env> => {
    const decoded = values.validate(input, context)
    if (E.isLeft(decoded)) return decoded
    const errors = Object.entries(decoded.right).flatMap(([name, value]): t.ValidationError[] => {
      const problem =
        nameProblem(name) ?? (value.includes('\0') || value.length > 4096 ? 'expected a text of at most 4096 characters' : null)
      return problem === null ? [] : [{ value, context: t.appendContext(context, name, t.string, value), message: problem }]
    })
    return errors.length === 0 ? t.success(decoded.right) : t.failures(errors)
  }
  return new t.Type<Env>('variables by name', (input): input is Env => E.isRight(validate(input, [])), validate, t.identity)
})()
