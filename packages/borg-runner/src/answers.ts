/**
 * What borg answers as JSON to `info` and `list`, decoded in the main thread. Left: a sentence that says what was wrong.
 */
import type { ArchiveListed, ArchiveMade } from '@borgledger/domain'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { instantOf } from './lines/instant.js'

const Repository = t.type({ repository: t.type({ id: t.string }) })
const Archives = t.intersection([
  Repository,
  t.type({ archives: t.readonlyArray(t.type({ name: t.string, id: t.string, start: t.string, comment: t.string })) }),
])
const Stats = t.type({ nfiles: t.Int, original_size: t.Int, compressed_size: t.Int, deduplicated_size: t.Int })
const ArchiveInfo = t.type({ archives: t.readonlyArray(t.type({ name: t.string, id: t.string, start: t.string, stats: Stats })) })

export interface Listed {
  readonly borgId: string
  readonly archives: ReadonlyArray<ArchiveListed>
}

export const repositoryInfo = (answer: string): E.Either<string, { readonly borgId: string }> =>
  pipe(
    decode(Repository, answer),
    E.map(({ repository }) => ({ borgId: repository.id })),
  )

export const archiveList = (answer: string): E.Either<string, Listed> =>
  pipe(
    decode(Archives, answer),
    E.map(({ repository, archives }) => ({
      borgId: repository.id,
      archives: archives.map(({ name, id, start, comment }) => ({ name, id, comment, at: instantOf(start) })),
    })),
  )

export const archiveInfo = (answer: string): E.Either<string, ArchiveMade> =>
  pipe(
    decode(ArchiveInfo, answer),
    E.flatMap(({ archives }) => {
      const [archive] = archives
      if (archive === undefined) return E.left('borg told of no archive')
      const { name, id, start, stats } = archive
      const sizes = { compressedBytes: stats.compressed_size, deduplicatedBytes: stats.deduplicated_size }
      return E.right({ name, id, at: instantOf(start), files: stats.nfiles, originalBytes: stats.original_size, ...sizes })
    }),
  )

const decode = <A>(codec: t.Decoder<unknown, A>, answer: string): E.Either<string, A> =>
  pipe(
    E.tryCatch(
      (): unknown => JSON.parse(answer),
      () => 'borg did not answer in JSON',
    ),
    E.flatMap((value) => E.mapLeft(() => 'borg answered in a form that is not known')(codec.decode(value))),
  )
