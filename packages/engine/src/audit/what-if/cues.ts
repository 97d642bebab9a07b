/**
 * The commands of a history, each with when it comes: at its instant, or so long after what it hangs on. The commands themselves stay in the
 * log; of each only its place and its time are kept, about a hundred bytes.
 */
import { type DomainEvent, defaultSettings } from '@borgledger/domain'
import type { EventStore, Position, RecordedCommit } from '@borgledger/eventstore'
import { storedCommand } from '../redecide.js'
import { ageBehind } from './age.js'
import { anchoring, anchorOf, anchorsOf, noDues } from './anchors.js'
import { type CueList, cueList } from './cue-list.js'
import { type Hanging, hangingCues } from './hanging.js'
import { createNames, createOutcomes, type Names, type Outcomes } from './outcomes.js'

export interface Cues {
  /** In order. */
  readonly atInstants: Pick<CueList, 'at'>
  readonly hanging: Hanging
  /** By the position of an `OpenDispatch`, the jobs that ran when it came. */
  readonly ranAt: ReadonlyMap<Position, ReadonlySet<string>>
  /** Positions of every `StartOwner`: before it there was no host for a while. */
  readonly startsAt: ReadonlySet<Position>
  readonly names: Names
  readonly outcomes: Outcomes
  /** The last instant. */
  readonly endMs: number
}

export const readCues = async (store: Pick<EventStore, 'commits'>): Promise<Cues> => {
  const names = createNames()
  const [atInstants, hanging] = [cueList(), hangingCues(names.ids)]
  const [ranAt, running, startsAt] = [new Map<Position, ReadonlySet<string>>(), new Set<string>(), new Set<Position>()]
  const [dues, outcomes] = [noDues(names.ids), createOutcomes(names)]
  let [nowMs, settings] = [Number.NEGATIVE_INFINITY, defaultSettings]
  for await (const page of store.commits()) {
    for (const commit of page) {
      const atMs = Date.parse(commit.at)
      nowMs = Math.max(nowMs, atMs)
      const command = storedCommand(commit)
      const anchor = command === null ? null : anchorOf(command, dues)
      const sinceMs = anchor === null ? undefined : hanging.happenedMs(anchor)
      const cue = { first: commit.first, skewMs: atMs - nowMs, age: ageBehind(command, settings) }
      if (anchor === null || sinceMs === undefined) atInstants.push({ ...cue, ms: nowMs })
      else hanging.hang(anchor, { ...cue, ms: nowMs - sinceMs })
      if (command?.type === 'StartOwner') startsAt.add(commit.first)
      if (command?.type === 'OpenDispatch') ranAt.set(commit.first, new Set(running))
      for (const event of eventsIn(commit)) {
        outcomes.hear(event, atMs)
        if (event.type === 'SettingsChanged') settings = { ...settings, ...event.changes }
        if (event.type === 'JobStarted') running.add(event.jobId)
        if (event.type === 'JobCompleted' || event.type === 'JobFailed' || event.type === 'JobCancelled') running.delete(event.jobId)
        if (anchoring.has(event.type)) for (const happened of anchorsOf(event, dues)) hanging.happened(happened, nowMs)
      }
    }
  }
  return { atInstants, hanging, ranAt, startsAt, names, outcomes, endMs: nowMs }
}

/** As they are stored: whether they can be read is a matter of verification. */
const eventsIn = (commit: RecordedCommit): ReadonlyArray<DomainEvent> =>
  commit.events.map(({ type, data }) => ({ ...JSON.parse(data), type }) as DomainEvent)
