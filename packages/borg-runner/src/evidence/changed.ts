/** What the steps left that delete archives: the repository's list before and after, and what borg said it would do. */
import type { ArchiveListed, EvidenceOf } from '@borgledger/domain'
import * as E from 'fp-ts/lib/Either.js'
import { archivesOf } from '../archives.js'
import type { BorgRun } from '../borg-run.js'
import type { RunEnding } from '../messages.js'
import type { RunnerOptions } from '../options.js'
import type { Left } from './left.js'
import { isWorthALook } from './look.js'

type Archives = ReadonlyArray<ArchiveListed> | null

/** Null when nobody can say. */
export const archivesAfter = async (options: RunnerOptions, { repository }: BorgRun, left: Left): Promise<Archives> => {
  if (!isWorthALook(left)) return null
  const listed = await archivesOf(options, repository)()
  return E.isRight(listed) ? listed.right : null
}

/** By borg's ids: a name may hold blanks, and borg's lines are made for people. Null when a line means no archive of the list. */
export const planOf = (left: Left, { seen }: RunEnding, archives: Archives): EvidenceOf<'prune-plan'> => {
  const nameOf = new Map(archives?.map(({ id, name }) => [id, name]))
  const named = seen.pruning.flatMap(({ id, keeps }) => {
    const name = nameOf.get(id)
    return name === undefined ? [] : [{ name, keeps }]
  })
  const isWhole = archives !== null && named.length === seen.pruning.length
  const namesThat = (keeps: boolean) => (isWhole ? named.filter((plan) => plan.keeps === keeps).map(({ name }) => name) : null)
  return { ...left, kind: 'prune-plan', archives, keeps: namesThat(true), prunes: namesThat(false) }
}
