/** Lists what archives a repository has. */
import { type ArchiveListed, isUnfinished, type RepositoryAccess } from '@borgledger/domain'
import type { RunnerProblem } from '@borgledger/engine'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { archiveList } from './answers.js'
import { listArgv } from './argv/calls.js'
import { type CallOptions, callBorg } from './call.js'

/** Without what interrupted backups left. Oldest first. */
export const finishedArchivesOf = (
  options: CallOptions,
  repository: RepositoryAccess,
): TE.TaskEither<RunnerProblem, ReadonlyArray<ArchiveListed>> =>
  pipe(
    archivesOf(options, repository),
    TE.map((archives) => archives.filter(({ name }) => !isUnfinished(name))),
  )

/** Oldest first, unfinished ones too: a prune names them, and a delete may be meant for one. */
export const archivesOf = (
  options: CallOptions,
  repository: RepositoryAccess,
): TE.TaskEither<RunnerProblem, ReadonlyArray<ArchiveListed>> =>
  pipe(
    callBorg(options, repository, listArgv(repository.location)),
    TE.flatMapEither((answer) =>
      pipe(
        archiveList(answer),
        E.mapLeft((message): RunnerProblem => ({ tag: 'BorgFailed', code: 'borg-failed', message, msgid: null, exit: null })),
      ),
    ),
    TE.map(({ archives }) => [...archives].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))),
  )
