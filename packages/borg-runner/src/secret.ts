/**
 * The passphrase of a repository, for as long as a call needs it.
 */
import type { RepositoryAccess } from '@borgledger/domain'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { RunnerOptions } from './options.js'

/** Left: why it cannot be had. Null: the repository has none. */
export const passphraseOf =
  (options: RunnerOptions, { passphrase }: RepositoryAccess): TaskEither<string, string | null> =>
  async () => {
    if (passphrase === null) return E.right(null)
    try {
      return E.mapLeft(({ message }: { readonly message: string }) => message)(await options.resolveSecret(passphrase)())
    } catch {
      // What a resolver throws could hold the secret.
      return E.left('the passphrase cannot be resolved')
    }
  }
