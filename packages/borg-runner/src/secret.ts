/**
 * The passphrase of a repository, for as long as a call needs it.
 */
import type { RepositoryAccess } from '@borgledger/domain'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { RunnerOptions } from './options.js'

/** Left: why it cannot be had. Null: the repository has none. */
export const passphraseOf = (options: RunnerOptions, { passphrase }: RepositoryAccess): TE.TaskEither<string, string | null> => {
  if (passphrase === null) return TE.right(null)
  const resolved = TE.tryCatch(options.resolveSecret(passphrase), () => 'the passphrase cannot be resolved')
  return async () => {
    const answer = await resolved()
    if (answer._tag === 'Left') return answer
    return answer.right._tag === 'Left' ? { _tag: 'Left', left: answer.right.left.message } : answer.right
  }
}
