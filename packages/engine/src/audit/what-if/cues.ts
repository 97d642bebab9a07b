/**
 * The commands of a history, each with when it comes: at its instant, or so long after what it hangs on. The commands themselves stay in the
 * log; of each only its place and its time are kept, less than half a kilobyte.
 */
import { type DomainEvent, defaultSettings } from '@borgledger/domain'
import type { EventStore, Position, RecordedCommit } from '@borgledger/eventstore'
import { storedCommand } from '../redecide.js'
import { type Age, ageBehind } from './age.js'
import { anchoring, anchorOf, anchorsOf, noDues } from './anchors.js'
import { createOutcomes, type Outcomes } from './outcomes.js'

export interface Cue {
  /** Position of the commit's first event: where it is read again, and its order among those of one instant. */
  readonly first: Position
  /** Of a cue at its instant: when. Of another: how long after. */
  readonly ms: number
  /** How far the host's clock had gone back; a log is replayed in its own order. */
  readonly skewMs: number
  /** The age that it waited for. */
  readonly age: Age | null
}

export interface Cues {
  /** In order. */
  readonly atInstants: ReadonlyArray<Cue>
  /** By what they hang on. */
  readonly hanging: ReadonlyMap<string, ReadonlyArray<Cue>>
  /** By the position of an `OpenDispatch`, the jobs that ran when it came. */
  readonly ranAt: ReadonlyMap<Position, ReadonlySet<string>>
  /** Positions of every `StartOwner`: before it there was no host for a while. */
  readonly startsAt: ReadonlySet<Position>
  readonly outcomes: Outcomes
  /** The last instant. */
  readonly endMs: number
}

export const readCues = async (store: Pick<EventStore, 'commits'>): Promise<Cues> => {
  const [atInstants, hanging, ranAt]: [Cue[], Map<string, Cue[]>, Map<Position, ReadonlySet<string>>] = [[], new Map(), new Map()]
  const [happened, running, startsAt]: [Map<string, number>, Set<string>, Set<Position>] = [new Map(), new Set(), new Set()]
  const [dues, outcomes] = [noDues(), createOutcomes()]
  let [nowMs, settings] = [Number.NEGATIVE_INFINITY, defaultSettings]
  for await (const page of store.commits()) {
    for (const commit of page) {
      const atMs = Date.parse(commit.at)
      nowMs = Math.max(nowMs, atMs)
      const command = storedCommand(commit)
      const anchor = command === null ? null : anchorOf(command, dues)
      const sinceMs = anchor === null ? undefined : happened.get(anchor)
      const cue = { first: commit.first, skewMs: atMs - nowMs, age: ageBehind(command, settings) }
      if (anchor === null || sinceMs === undefined) atInstants.push({ ...cue, ms: nowMs })
      else push(hanging, anchor, { ...cue, ms: nowMs - sinceMs })
      if (command?.type === 'StartOwner') startsAt.add(commit.first)
      if (command?.type === 'OpenDispatch') ranAt.set(commit.first, new Set(running))
      for (const event of eventsIn(commit)) {
        outcomes.hear(event, atMs)
        if (event.type === 'SettingsChanged') settings = { ...settings, ...event.changes }
        if (event.type === 'JobStarted') running.add(event.jobId)
        if (event.type === 'JobCompleted' || event.type === 'JobFailed' || event.type === 'JobCancelled') running.delete(event.jobId)
        if (anchoring.has(event.type)) for (const name of anchorsOf(event, dues)) happened.set(name, nowMs)
      }
    }
  }
  return { atInstants, hanging, ranAt, startsAt, outcomes, endMs: nowMs }
}

const push = (hanging: Map<string, Cue[]>, anchor: string, cue: Cue): void => {
  const known = hanging.get(anchor)
  if (known === undefined) hanging.set(anchor, [cue])
  else known.push(cue)
}

/** As they are stored: whether they can be read is a matter of verification. */
const eventsIn = (commit: RecordedCommit): ReadonlyArray<DomainEvent> =>
  commit.events.map(({ type, data }) => ({ ...JSON.parse(data), type }) as DomainEvent)
