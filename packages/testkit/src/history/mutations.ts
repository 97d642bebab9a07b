/**
 * What somebody may do to a log behind its back, as data: each takes a log, or a stretch of one, and gives one that is not. Whoever verifies is to
 * find every one.
 */
import type { RecordedCommit, StoredEvent } from '@borgledger/eventstore'
import type { Chance } from './chance.js'

type Log = ReadonlyArray<RecordedCommit>

export interface Mutation {
  readonly what: string
  /** `forged`: all hashes are to be made anew, so that the log may look whole; a head that was signed before proves it. */
  readonly kind: 'changed' | 'forged'
  /** Only the end of a log can be cut off. */
  readonly where?: 'end'
  readonly mutate: (log: Log, by: Chance) => Log
}

export const mutations: ReadonlyArray<Mutation> = [
  {
    what: 'a byte of a payload',
    kind: 'changed',
    mutate: (log, by) => inEvent(log, by, (event) => ({ ...event, data: otherByte(event.data, by) })),
  },
  {
    what: 'a byte of a command',
    kind: 'changed',
    mutate: (log, by) => inCommit(log, by, (commit) => ({ ...commit, command: otherByte(commit.command, by) })),
  },
  {
    what: 'the tags of an event',
    kind: 'changed',
    mutate: (log, by) => inEvent(log, by, (event) => ({ ...event, tags: otherByte(event.tags, by) })),
  },
  {
    what: 'the type of an event',
    kind: 'changed',
    mutate: (log, by) => inEvent(log, by, (event) => ({ ...event, type: `${event.type}x` })),
  },
  { what: 'the actor', kind: 'changed', mutate: (log, by) => inCommit(log, by, (commit) => ({ ...commit, actor: 'user:mallory' })) },
  { what: 'the time', kind: 'changed', mutate: (log, by) => inCommit(log, by, ({ at, ...commit }) => ({ ...commit, at: later(at) })) },
  { what: 'the cause', kind: 'changed', mutate: (log, by) => inCommit(log, by, (commit) => ({ ...commit, causationId: 'other' })) },
  {
    what: 'a hash',
    kind: 'changed',
    mutate: (log, by) => inCommit(log, by, (commit) => ({ ...commit, hash: otherByte(commit.hash, by) })),
  },
  {
    what: 'an event taken out',
    kind: 'changed',
    mutate: (log, by) => withEvents(log, by, (events, at) => events.filter((_, index) => index !== at)),
  },
  {
    what: 'an event put in',
    kind: 'changed',
    mutate: (log, by) => withEvents(log, by, (events, at) => [...events, events[at] as StoredEvent]),
  },
  { what: 'a commit taken out', kind: 'changed', mutate: without },
  { what: 'two commits swapped', kind: 'changed', mutate: swapped },
  { what: 'a tail cut off', kind: 'forged', where: 'end', mutate: (log, by) => log.slice(0, -by.whole(1, Math.min(20, log.length - 1))) },
  { what: 'a commit taken out, hashes made anew', kind: 'forged', mutate: without },
  {
    what: 'an actor changed, hashes made anew',
    kind: 'forged',
    mutate: (log, by) => inCommit(log, by, (commit) => ({ ...commit, actor: 'user:mallory' })),
  },
  {
    what: 'a time changed, hashes made anew',
    kind: 'forged',
    mutate: (log, by) => inCommit(log, by, ({ at, ...commit }) => ({ ...commit, at: later(at) })),
  },
  { what: 'two commits swapped, hashes made anew', kind: 'forged', mutate: swapped },
]

const later = (at: string): string => new Date(Date.parse(at) + 1).toISOString()

/** One letter or digit becomes another. */
const otherByte = (text: string, by: Chance): string => {
  const places = [...text.matchAll(/[a-z0-9]/g)].map(({ index }) => index)
  const at = places[by.whole(0, places.length - 1)] ?? 0
  return `${text.slice(0, at)}${text[at] === 'q' ? 'r' : 'q'}${text.slice(at + 1)}`
}

const inCommit = (log: Log, by: Chance, change: (commit: RecordedCommit) => RecordedCommit): Log => {
  const at = by.whole(0, log.length - 1)
  return log.map((commit, index) => (index === at ? change(commit) : commit))
}

const inEvent = (log: Log, by: Chance, change: (event: StoredEvent) => StoredEvent): Log =>
  withEvents(log, by, (events, at) => events.map((event, index) => (index === at ? change(event) : event)))

/** A commit whose last event was taken out goes with it. */
const withEvents = (log: Log, by: Chance, change: (events: ReadonlyArray<StoredEvent>, at: number) => ReadonlyArray<StoredEvent>): Log => {
  const at = by.whole(0, log.length - 1)
  return log.flatMap((commit, index) => {
    if (index !== at) return [commit]
    const [head, ...rest] = change(commit.events, by.whole(0, commit.events.length - 1))
    return head === undefined ? [] : [{ ...commit, events: [head, ...rest] as const }]
  })
}

function without(log: Log, by: Chance): Log {
  const at = by.whole(0, log.length - 2)
  return log.filter((_, index) => index !== at)
}

function swapped(log: Log, by: Chance): Log {
  const at = by.whole(0, log.length - 2)
  const [a, b] = [log[at], log[at + 1]]
  return a === undefined || b === undefined ? log : [...log.slice(0, at), b, a, ...log.slice(at + 2)]
}
