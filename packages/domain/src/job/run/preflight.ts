/** What was seen before a run: it begins only when nothing here speaks against it. */
import * as t from 'io-ts'
import { nullable } from '../../codec/index.js'

export const Preflight = t.readonly(
  t.type({
    /** Source roots of a backup that are not there. */
    missingSources: t.readonlyArray(t.string),
    /** Why the passphrase cannot be had, or null. Never the passphrase. */
    passphraseProblem: nullable(t.string),
    /** Why the program cannot be run, or null. */
    executableProblem: nullable(t.string),
    /** Why nothing can be restored to the destination, or null. */
    destinationProblem: nullable(t.string),
  }),
)
export type Preflight = t.TypeOf<typeof Preflight>
