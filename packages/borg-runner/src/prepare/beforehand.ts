/**
 * What was seen of the repository before a run's process was started. Kept in the run's folder, because afterwards nobody could see it again:
 * an heir of a crashed host reads it there.
 */
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import type { ArchiveListed, BorgError, RepositoryAccess, RunWork } from '@borgledger/domain'
import * as E from 'fp-ts/lib/Either.js'
import { archivesOf, finishedArchivesOf } from '../archives.js'
import type { RunnerOptions } from '../options.js'
import { errorOf } from '../problem.js'
import type { RunDir } from '../run-dir.js'

export interface Beforehand {
  /** Oldest first; null when nobody needed to know. */
  readonly archives: ReadonlyArray<ArchiveListed> | null
  /** The archive that is meant, by its name; null for work that is about none. */
  readonly archive: string | null
}

const nothing: Beforehand = { archives: null, archive: null }

/** Left: why the run cannot begin. */
export const lookBefore = async (
  options: RunnerOptions,
  repository: RepositoryAccess,
  work: RunWork,
): Promise<E.Either<BorgError, Beforehand>> => {
  const needsList = work.kind === 'prune-plan' || work.kind === 'prune' || work.kind === 'delete'
  const meant = work.kind === 'restore-check' ? work.archive : null
  if (!needsList && meant !== 'latest') return E.right({ ...nothing, archive: meant })
  const listed = await (needsList ? archivesOf : finishedArchivesOf)(options, repository)()
  if (E.isLeft(listed)) return E.left(errorOf(listed.left))
  if (needsList) return E.right({ ...nothing, archives: listed.right })
  const newest = listed.right[listed.right.length - 1]
  if (newest === undefined) return E.left({ msgid: 'Archive.DoesNotExist', message: 'there is no archive in the repository' })
  return E.right({ ...nothing, archive: newest.name })
}

export const keepBeforehand = async (run: RunDir, seen: Beforehand): Promise<void> => {
  await mkdir(run.path, { recursive: true, mode: 0o700 })
  await writeFile(`${run.before}.tmp`, JSON.stringify(seen), { mode: 0o600 })
  await rename(`${run.before}.tmp`, run.before)
}

/** Of a run for which nobody looked, nothing was seen. */
export const readBeforehand = async (run: RunDir): Promise<Beforehand> =>
  existsSync(run.before) ? JSON.parse(await readFile(run.before, 'utf8')) : nothing
