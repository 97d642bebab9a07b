/** Sample commits, and short ways to say what a case expects of a store. */
import assert from 'node:assert/strict'
import * as E from 'fp-ts/lib/Either.js'
import type { AppendError } from '../errors.js'
import type {
  AppendCondition,
  Appended,
  Commit,
  EventQuery,
  EventStore,
  Json,
  NewEvent,
  PositionRange,
  RecordedEvent,
  Tag,
} from '../port.js'
import { type ChainReport, verifyChain } from '../verify.js'

export const at = '2026-11-03T02:13:00.000Z'

export const sampleEvent = (id: string, over: Partial<NewEvent> = {}): NewEvent => ({
  id,
  type: 'Noted',
  version: 1,
  tags: ['note:any'],
  data: { text: id },
  ...over,
})

export interface SampleCommit {
  readonly events?: ReadonlyArray<Partial<NewEvent>>
  readonly condition?: AppendCondition
  readonly tags?: ReadonlyArray<Tag>
  readonly type?: string
  readonly data?: { readonly [key: string]: Json }
}

/** A commit with the given id; its events are `ID.1`, `ID.2` … unless they say otherwise. */
export const sampleCommit = (commitId: string, { events = [{}], condition, ...over }: SampleCommit = {}): Commit => {
  const [first = {}, ...others] = events
  const numbered = (event: Partial<NewEvent>, index: number): NewEvent => sampleEvent(`${commitId}.${index + 1}`, { ...over, ...event })
  return {
    commitId,
    at,
    actor: 'user:anna',
    correlationId: `request-of-${commitId}`,
    causationId: null,
    command: { type: 'Note', of: commitId },
    events: [numbered(first, 0), ...others.map((event, index) => numbered(event, index + 1))],
    ...(condition === undefined ? {} : { condition }),
  }
}

/** Appends and insists that it went well. */
export const append = async (store: EventStore, commit: Commit): Promise<Appended> => {
  const result = await store.append(commit)()
  if (E.isLeft(result)) assert.fail(`append of ${commit.commitId} was refused: ${JSON.stringify(result.left)}`)
  return result.right
}

export const appendAll = async (store: EventStore, ids: ReadonlyArray<string>): Promise<void> => {
  for (const id of ids) await append(store, sampleCommit(id))
}

/** Appends and insists that it was refused with this tag. */
export const refused = async <Tag extends AppendError['tag']>(
  store: EventStore,
  commit: Commit,
  tag: Tag,
): Promise<Extract<AppendError, { readonly tag: Tag }>> => {
  const result = await store.append(commit)()
  if (E.isRight(result)) return assert.fail(`append of ${commit.commitId} was taken, ${tag} was due`)
  assert.equal(result.left.tag, tag, `append of ${commit.commitId} was refused as ${JSON.stringify(result.left)}`)
  return result.left as Extract<AppendError, { readonly tag: Tag }>
}

export const collect = async <A>(pages: AsyncIterable<ReadonlyArray<A>>): Promise<ReadonlyArray<A>> => {
  const all: A[] = []
  for await (const page of pages) all.push(...page)
  return all
}

export const readAll = (store: EventStore, query: EventQuery = 'all', range?: PositionRange): Promise<ReadonlyArray<RecordedEvent>> =>
  collect(store.read(query, range))

export const readIds = async (store: EventStore, query: EventQuery = 'all', range?: PositionRange): Promise<ReadonlyArray<string>> =>
  (await readAll(store, query, range)).map(({ id }) => id)

export const headOf = async (store: EventStore): Promise<{ readonly position: number; readonly hash: string }> => {
  const head = await store.head()
  if (E.isLeft(head)) assert.fail(`the head cannot be read: ${JSON.stringify(head.left)}`)
  return head.right
}

/** Insists that the log is whole: 1, 2, 3 … up to the head, every hash in order. */
export const assertWhole = async (store: EventStore): Promise<ChainReport> => {
  const report = await verifyChain(store.commits())
  assert.deepEqual(report.divergence, null)
  assert.deepEqual(report.head, await headOf(store))
  const positions = (await readAll(store)).map(({ position }) => position)
  assert.deepEqual(
    positions,
    positions.map((_, index) => index + 1),
  )
  assert.equal(positions.length, report.head.position)
  return report
}

export const numbers = (count: number): ReadonlyArray<number> => Array.from({ length: count }, (_, index) => index + 1)
