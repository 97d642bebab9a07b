/**
 * The archives of a repository as they were recorded last: a fold of what lists showed and of what the repository's own jobs left behind. So
 * looking at them never needs borg, nor its lock.
 */
import type { EventOf } from '../event.js'
import { archiveCommentOf, isUnfinished, makerIn } from '../job/index.js'
import type { Recorded } from '../recorded.js'
import type { ArchiveListed, ArchivesChange } from '../repository/index.js'
import type { Job } from './job.js'

export interface Archive {
  readonly name: string
  /** Borg's own id of it; null when it was not seen. */
  readonly id: string | null
  readonly startedAt: string
  /** Who made it, by its comment; null for one that is none of ours. */
  readonly series: string | null
  readonly jobId: string | null
  readonly comment: string
}

export interface ArchiveList {
  /** Oldest first. */
  readonly items: ReadonlyArray<Archive>
  /** When the archives were last heard of; null as long as nobody has seen them all: then there may be more. */
  readonly listedAt: string | null
}

export const noArchives: ArchiveList = { items: [], listedAt: null }

/** After a list that somebody asked for. */
export const foldListing = (list: ArchiveList, { event, at }: Recorded<EventOf<'ArchivesListed'>>): ArchiveList => {
  const gone = new Set([...event.removed, ...event.added.map(({ name }) => name)])
  return { items: inOrder([...list.items.filter(({ name }) => !gone.has(name)), ...event.added.map(archiveOf)]), listedAt: at }
}

/** A step that deletes sees unfinished archives too; they are nothing that could be relied on. */
const finished = (seen: ReadonlyArray<ArchiveListed>): ReadonlyArray<Archive> =>
  inOrder(seen.filter(({ name }) => !isUnfinished(name)).map(archiveOf))

/** After a run of one of the repository's jobs: a backup tells of its archive, a prune and a delete of all that are left. */
export const foldLeft = (list: ArchiveList, { event, at }: Recorded<EventOf<'RunEnded'>>, job: Job): ArchiveList => {
  const { evidence } = event
  switch (evidence.kind) {
    case 'create': {
      const { archive } = evidence
      if (archive === null) return list
      const made = { name: archive.name, id: archive.id, at: archive.at ?? at, comment: archiveCommentOf(job.series ?? '', job.id) }
      const others = list.items.filter(({ name }) => name !== archive.name)
      return { items: inOrder([...others, archiveOf(made)]), listedAt: list.listedAt === null ? null : at }
    }
    case 'prune-plan':
      return evidence.archives === null ? list : { items: finished(evidence.archives), listedAt: at }
    case 'prune':
    case 'delete':
      return evidence.after === null ? list : { items: finished(evidence.after), listedAt: at }
    default:
      return list
  }
}

const archiveOf = ({ name, id, at, comment }: Omit<ArchiveListed, 'id'> & { readonly id: string | null }): Archive => {
  const { series, jobId } = makerIn(comment) ?? { series: null, jobId: null }
  return { name, id, startedAt: at, series, jobId, comment }
}

/** Borg tells whole seconds: those begun in the same one stay in the order in which they were listed or made. */
const inOrder = (items: ReadonlyArray<Archive>): ReadonlyArray<Archive> =>
  items.toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : a.startedAt > b.startedAt ? 1 : 0))

/** How a list that was seen just now differs from what is recorded. */
export const changeTo = (listed: ReadonlyArray<ArchiveListed>, { items }: ArchiveList): ArchivesChange => {
  const known = new Map(items.map((archive) => [archive.name, archive]))
  const seen = new Set(listed.map(({ name }) => name))
  return {
    added: listed.filter((archive) => !isSame(archive, known.get(archive.name))),
    removed: items.flatMap(({ name }) => (seen.has(name) ? [] : [name])),
  }
}

const isSame = (listed: ArchiveListed, known: Archive | undefined): boolean =>
  known !== undefined && known.id === listed.id && known.startedAt === listed.at && known.comment === listed.comment
