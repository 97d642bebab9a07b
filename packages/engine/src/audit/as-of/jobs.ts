/**
 * Jobs as they were: the tables say which there were, and what did not change since. Each of the others is folded from its own events up to
 * that position.
 */
import { foldJob, type Job, jobsShowing } from '@borgledger/domain'
import type { EventStore, Position, Tag } from '@borgledger/eventstore'
import * as E from 'fp-ts/lib/Either.js'
import { decodePage } from '../../feed/decode.js'
import type { JobEntry, JobsQuery, Page, ReadModels } from '../../ports/read-models.js'

export interface PastParts {
  readonly store: Pick<EventStore, 'read' | 'head'>
  /** At `position` at least. */
  readonly readModels: Pick<ReadModels, 'jobsAsOf' | 'lastEnded' | 'lastTickAsOf' | 'unfinishedAsOf'>
}

/** The list as it was: newest first, without the entries that were deleted by then. Left: the cursor is none of ours. */
export const jobsAsOf = async (
  { store, readModels }: PastParts,
  position: Position,
  query: JobsQuery,
): Promise<E.Either<{ readonly tag: 'BadCursor' }, Page<Job>>> => {
  const found = await readModels.jobsAsOf(position, query)()
  if (E.isLeft(found)) return found
  const { items, nextCursor } = found.right
  const changed = items.filter(({ record }) => record === null).map(({ jobId }) => jobId)
  const entries = await entriesOf(store, position, changed)
  const jobs = items.flatMap(({ jobId, record }) => {
    const entry = entries.get(jobId)
    return record ?? (entry?.tag === 'Found' ? entry.job : [])
  })
  return E.right({ items: jobs, nextCursor })
}

/** `Unknown` before it was asked for; `Deleted` when its entry was deleted by then. */
export const jobAsOf = async ({ store }: Pick<PastParts, 'store'>, position: Position, jobId: string): Promise<JobEntry> =>
  (await entriesOf(store, position, [jobId])).get(jobId) ?? { tag: 'Unknown' }

const eventsMax = 2_000

const entriesOf = async (
  store: PastParts['store'],
  position: Position,
  jobIds: ReadonlyArray<string>,
): Promise<ReadonlyMap<string, JobEntry>> => {
  const entries = new Map<string, JobEntry>()
  if (jobIds.length === 0) return entries
  const query = jobIds.map((jobId) => ({ tags: [`job:${jobId}` satisfies Tag] }))
  const wanted = new Set(jobIds)
  for await (const page of store.read(query, { upTo: position, pageSize: eventsMax })) {
    for (const recorded of decodePage(page)) {
      const { event, at } = recorded
      if (!('jobId' in event)) continue
      for (const jobId of jobsShowing(event)) {
        const before = entries.get(jobId)
        if (!wanted.has(jobId) || before?.tag === 'Deleted') continue
        const job = foldJob(jobId, before?.tag === 'Found' ? before.job : undefined, { ...recorded, event })
        if (event.type === 'JobEntryDeleted') entries.set(jobId, { tag: 'Deleted', at })
        else if (job !== undefined) entries.set(jobId, { tag: 'Found', job })
      }
    }
  }
  return entries
}
