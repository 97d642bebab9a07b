/**
 * Looks into the repository for the archive of a job. An interrupted backup may have made its archive, and a failed one too: what the
 * repository shows is worth more than any exit code.
 */
import {
  type ArchiveMade,
  type BorgError,
  type Exit,
  faultOf,
  type JobErrorCode,
  type RepositoryAccess,
  type WorkOf,
} from '@borgledger/domain'
import * as E from 'fp-ts/lib/Either.js'
import { archiveInfo, archiveList } from '../answers.js'
import { archiveInfoArgv, findArgv } from '../argv/calls.js'
import type { BorgRun } from '../borg-run.js'
import { callBorg } from '../call.js'
import type { RunnerOptions } from '../options.js'

export interface Look {
  readonly looked: boolean
  readonly archive: ArchiveMade | null
  readonly borgId: string | null
}

export const noLook: Look = { looked: false, archive: null, borgId: null }

/** With these the run made no archive, and a look would fail just the same. */
const hopeless: ReadonlySet<JobErrorCode> = new Set([
  'passphrase-wrong',
  'passphrase-missing',
  'repository-missing',
  'repository-invalid',
  'repository-locked',
  'repository-relocated',
  'connection-failed',
])

export const isWorthALook = (seen: { readonly lastError: BorgError | null; readonly exit: Exit | null }): boolean =>
  !hopeless.has(faultOf(seen))

/** The archive of the request's name whose comment carries the job's id. One of that name with another job's comment is not ours. */
export const look = async (options: RunnerOptions, { repository, work, jobId }: BorgRun<WorkOf<'create'>>): Promise<Look> => {
  const answer = await callBorg(options, repository, findArgv(repository.location, work.archive))()
  const listed = E.flatMap(archiveList)(answer as E.Either<unknown, string>)
  if (E.isLeft(listed)) return noLook
  const { borgId, archives } = listed.right
  const ours = archives.find(({ comment }) => comment.split(/\s+/).includes(`job=${jobId}`))
  if (ours === undefined) return { looked: true, archive: null, borgId }
  const sizes = await sizesOf(options, repository, ours.name)
  return { looked: true, borgId, archive: sizes ?? { ...unknownSizes, name: ours.name, id: ours.id, at: ours.at } }
}

const unknownSizes = { files: null, originalBytes: null, compressedBytes: null, deduplicatedBytes: null }

const sizesOf = async (options: RunnerOptions, repository: RepositoryAccess, archive: string): Promise<ArchiveMade | null> => {
  const answer = await callBorg(options, repository, archiveInfoArgv(repository.location, archive))()
  const told = E.flatMap(archiveInfo)(answer as E.Either<unknown, string>)
  return E.isRight(told) ? told.right : null
}
