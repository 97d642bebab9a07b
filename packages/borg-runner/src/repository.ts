/**
 * Which repository stands at a location, and how a new one is made there.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isRemote, type RepositoryAccess } from '@borgledger/domain'
import type { RepositoryIdentity, RunnerProblem } from '@borgledger/engine'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { repositoryInfo } from './answers.js'
import { infoArgv, initArgv } from './argv/calls.js'
import { type CallOptions, callBorg } from './call.js'

/** A local repository says its id in its own `config`, without borg and without its lock. */
export const identify = (options: CallOptions, repository: RepositoryAccess): TE.TaskEither<RunnerProblem, RepositoryIdentity> =>
  pipe(
    TE.fromTask<string | null, RunnerProblem>(() => localId(repository.location)),
    TE.flatMap((borgId) => (borgId === null ? askBorg(options, repository) : TE.right({ borgId }))),
  )

export const createRepository = (
  options: CallOptions,
  repository: RepositoryAccess,
  encryption: string,
): TE.TaskEither<RunnerProblem, RepositoryIdentity> =>
  pipe(
    callBorg(options, repository, initArgv(repository.location, encryption)),
    TE.flatMap(() => identify(options, repository)),
  )

const askBorg = (options: CallOptions, repository: RepositoryAccess): TE.TaskEither<RunnerProblem, RepositoryIdentity> =>
  pipe(
    callBorg(options, repository, infoArgv(repository.location)),
    TE.flatMapEither((answer) =>
      pipe(
        repositoryInfo(answer),
        E.mapLeft((message): RunnerProblem => ({ tag: 'BorgFailed', code: 'borg-failed', message, msgid: null, exit: null })),
      ),
    ),
  )

/** The folder of a local repository; null for a remote one. */
export const localPath = (location: string): string | null => (isRemote(location) ? null : location.replace(/^file:\/\//, ''))

/** As the repository's own `config` says; null for a remote one. */
export const localId = async (location: string): Promise<string | null> => {
  const path = localPath(location)
  if (path === null) return null
  const config = await readFile(join(path, 'config'), 'utf8').catch(() => '')
  const repository = /^\[repository\]$([^[]*)/m.exec(config)?.[1] ?? ''
  return /^id\s*=\s*([0-9a-f]{64})\s*$/m.exec(repository)?.[1] ?? null
}
