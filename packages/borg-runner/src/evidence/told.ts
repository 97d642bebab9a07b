/** What the steps left of which only borg's words tell. */
import { posix } from 'node:path'
import type { EvidenceOf } from '@borgledger/domain'
import { archivedPath } from '../argv/restore.js'
import type { RunEnding } from '../messages.js'
import { bytesOf } from './bytes.js'
import type { Left } from './left.js'

export const checkedBy = (left: Left, { seen }: RunEnding): EvidenceOf<'check'> => ({
  ...left,
  kind: 'check',
  problems: seen.problems,
  firstProblem: seen.firstProblem,
})

export const compactedBy = (left: Left, { seen }: RunEnding): EvidenceOf<'compact'> => ({
  ...left,
  kind: 'compact',
  freedBytes: seen.freed === null ? null : bytesOf(seen.freed),
})

export const extractedBy = (left: Left, { seen }: RunEnding, paths: ReadonlyArray<string>): EvidenceOf<'extract'> => ({
  ...left,
  kind: 'extract',
  unmatched: unmatchedOf(seen.unmatched, paths),
})

/** As they were asked for: borg tells them in its own form. */
export const unmatchedOf = (told: ReadonlyArray<string>, paths: ReadonlyArray<string>): ReadonlyArray<string> =>
  told.map((pattern) => paths.find((path) => plain(path) === plain(pattern.replace(/^pp:/, ''))) ?? pattern)

const plain = (path: string): string => posix.normalize(archivedPath(path)).replace(/\/$/, '')
