/** The suite examined: stores that are wrong on purpose, each in one way, and the case that must catch it. */
import * as E from 'fp-ts/lib/Either.js'
import * as RNEA from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import { concatMap, from, of } from 'rxjs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { genesisHash, hashCommit } from '../chain.js'
import type { AppendCondition, Commit, EventQuery, EventStore, NewEvent, RecordedCommit, RecordedEvent } from '../port.js'
import { conformanceCases, memoryHarness } from './index.js'

async function* mapPages<A, B>(pages: AsyncIterable<A>, change: (page: A, index: number) => B): AsyncGenerator<B> {
  let index = 0
  for await (const page of pages) yield change(page, index++)
}

const changingCommit =
  (change: (commit: Commit) => Commit) =>
  (store: EventStore): EventStore => ({ ...store, append: (commit) => store.append(change(commit)) })

const changingCondition = (change: (condition: AppendCondition) => AppendCondition | undefined) =>
  changingCommit(({ condition, ...commit }) => {
    const changed = condition === undefined ? undefined : change(condition)
    return changed === undefined ? commit : { ...commit, condition: changed }
  })

const changingEvents = (change: (event: NewEvent) => NewEvent) =>
  changingCommit((commit) => (Array.isArray(commit.events) ? { ...commit, events: RNEA.map(change)(commit.events) } : commit))

const withoutProto = (event: NewEvent): NewEvent => ({
  ...event,
  data: Object.fromEntries(Object.entries(event.data).filter(([key]) => key !== '__proto__')),
})

const tagsAsAlternatives = (query: EventQuery): EventQuery =>
  query === 'all' ? 'all' : query.flatMap((item) => (item.tags?.length ? item.tags.map((tag) => ({ ...item, tags: [tag] })) : [item]))

const eventByEvent = (store: EventStore): EventStore => ({
  ...store,
  append: (commit) => async () => {
    let answer = await store.append({ ...commit, events: [commit.events[0]] })()
    for (const [index, event] of commit.events.slice(1).entries()) {
      if (E.isLeft(answer)) return answer
      const { first } = answer.right
      const { condition: _, ...rest } = commit
      const next = await store.append({ ...rest, commitId: `${commit.commitId}/${index}`, events: [event] })()
      answer = E.isLeft(next) ? next : E.right({ ...next.right, first })
    }
    return answer
  },
})

const forgetful = (store: EventStore): EventStore => {
  let times = 0
  return changingCommit((commit) => {
    times += 1
    const events = RNEA.map((event: NewEvent) => ({ ...event, id: `${event.id}/${times}` }))(commit.events)
    return { ...commit, commitId: `${commit.commitId}/${times}`, events }
  })(store)
}

const unchained = ({ hash: _, ...commit }: RecordedCommit): RecordedCommit => ({ ...commit, hash: hashCommit(genesisHash, commit) })

const remembering = (store: EventStore): EventStore => {
  const given = new Map<number, RecordedEvent>()
  const remember = (event: RecordedEvent): RecordedEvent => {
    const before = given.get(event.position)
    if (before === undefined) given.set(event.position, event)
    return before ?? event
  }
  return { ...store, read: (query, range) => mapPages(store.read(query, range), (page) => page.map(remember)) }
}

const oneAtATime = (store: EventStore): EventStore => {
  let under = 0
  return {
    ...store,
    append: (commit) => async () => {
      if (under > 0) return E.left({ tag: 'Busy', waitedMs: 0 })
      under += 1
      const answer = await store.append(commit)()
      under -= 1
      return answer
    },
  }
}

const hasty = (store: EventStore): EventStore => ({
  ...store,
  append: (commit) => async () => {
    const head = await store.head()
    const { condition, ...rest } = commit
    const ahead = condition !== undefined && E.isRight(head) && condition.after > head.right.position
    return store.append(ahead ? rest : commit)()
  },
})

const trusting = (store: EventStore): EventStore => ({
  ...store,
  restore: (pages) => async () => {
    let last = 0
    for await (const page of pages) last = page.at(-1)?.last ?? last
    return E.right(last)
  },
})

interface Broken {
  readonly fault: string
  readonly caughtBy: string
  readonly wrap: (store: EventStore) => EventStore
}

const brokenStores: ReadonlyArray<Broken> = [
  { fault: 'ignores conditions', caughtBy: 'condition-types', wrap: changingCondition(() => undefined) },
  {
    fault: 'counts the event at `after` too',
    caughtBy: 'condition-after',
    wrap: changingCondition((is) => ({ ...is, after: Math.max(0, is.after - 1) })),
  },
  {
    fault: 'takes the tags of an item as alternatives',
    caughtBy: 'condition-tags',
    wrap: changingCondition((is) => ({ ...is, failIfMatches: tagsAsAlternatives(is.failIfMatches) })),
  },
  { fault: 'drops tags', caughtBy: 'append-envelope', wrap: changingEvents((event) => ({ ...event, tags: [] })) },
  { fault: 'loses a key named __proto__', caughtBy: 'payload-kept', wrap: changingEvents(withoutProto) },
  { fault: 'writes event by event', caughtBy: 'append-atomic', wrap: eventByEvent },
  { fault: 'forgets commit ids', caughtBy: 'commit-id-again', wrap: forgetful },
  {
    fault: 'does not chain its hashes',
    caughtBy: 'append-chain',
    wrap: (store) => ({ ...store, commits: (range) => mapPages(store.commits(range), (page) => page.map(unchained)) }),
  },
  { fault: 'gives the same objects to every reader', caughtBy: 'payload-not-shared-out', wrap: remembering },
  {
    fault: 'loses the first event of every later page',
    caughtBy: 'read-queries',
    wrap: (store) => ({
      ...store,
      read: (query, range) => mapPages(store.read(query, range), (page, index) => page.slice(index === 0 ? 0 : 1)),
    }),
  },
  {
    fault: 'repeats the event at the edge of catching up and live',
    caughtBy: 'follow-catch-up',
    wrap: (store) => ({
      ...store,
      follow: (query, after) =>
        store.follow(query, after).pipe(concatMap((event) => (event.position === 3 ? from([event, event]) : of(event)))),
    }),
  },
  {
    fault: 'loses the event at the edge of catching up and live',
    caughtBy: 'follow-catch-up',
    wrap: (store) => ({
      ...store,
      follow: (query, after) => store.follow(query, after).pipe(concatMap((event) => (event.position === 4 ? [] : of(event)))),
    }),
  },
  { fault: 'answers Busy to all but one at a time', caughtBy: 'append-concurrent', wrap: oneAtATime },
  { fault: 'appends behind what is not there', caughtBy: 'condition-ahead', wrap: hasty },
  { fault: 'restores without looking', caughtBy: 'restore-spoilt', wrap: trusting },
]

for (const { fault, caughtBy, wrap } of brokenStores) {
  test(`a store that ${fault} is caught`, async () => {
    const found = conformanceCases.find(({ id }) => id === caughtBy)
    assert.ok(found, `there is a case ${caughtBy}`)
    await found.run(memoryHarness('as it should be'))
    const verdict = await found.run(memoryHarness(fault, wrap)).then(
      () => 'passed',
      () => 'caught',
    )
    assert.is(verdict, 'caught')
  })
}

test.run()
