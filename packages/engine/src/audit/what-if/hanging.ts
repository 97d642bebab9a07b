/** What happened, and the cues that hang on it. Of each thing that something happened to there is a short chain, from the newest to the oldest. */
import { type Anchor, anchorKinds } from './anchors.js'
import { column } from './column.js'
import { type Cue, cueList } from './cue-list.js'
import type { Ids } from './ids.js'

export interface Hanging {
  /** Whether anything hangs on it. */
  readonly has: (anchor: Anchor) => boolean
  /** From the last to the first. */
  readonly on: (anchor: Anchor) => Iterable<Cue>
}

export interface HangingCues extends Hanging {
  readonly happened: (anchor: Anchor, atMs: number) => void
  /** When it happened last; undefined when it never did. */
  readonly happenedMs: (anchor: Anchor) => number | undefined
  /** On what has happened. */
  readonly hang: (anchor: Anchor, cue: Cue) => void
}

export const hangingCues = (ids: Ids): HangingCues => {
  const cues = cueList()
  /** By the number of a cue: the one before it on the same anchor. */
  const cuesBefore = column()
  /** By the number of an id: the newest of what happened to it. */
  const newest = column()
  /** By what happened: what it was, when it was, the last cue on it, and what happened to the same thing before. */
  const [codes, times, lastCues, older] = [column(), column(), column(), column()]
  let happenings = 0
  const find = (anchor: Anchor): number => {
    const code = codeOf(anchor)
    let row = newest.get(ids.known(anchor.id) ?? none)
    while (row !== undefined && codes.get(row) !== code) row = older.get(row)
    return row ?? none
  }
  const add = (anchor: Anchor): number => {
    const id = ids.numberOf(anchor.id)
    const before = newest.get(id)
    codes.set(happenings, codeOf(anchor))
    if (before !== undefined) older.set(happenings, before)
    newest.set(id, happenings)
    happenings += 1
    return happenings - 1
  }
  return {
    happened: (anchor, atMs) => {
      const known = find(anchor)
      times.set(known === none ? add(anchor) : known, atMs)
    },
    happenedMs: (anchor) => times.get(find(anchor)),
    hang: (anchor, cue) => {
      const [row, number] = [find(anchor), cues.push(cue)]
      const before = lastCues.get(row)
      if (before !== undefined) cuesBefore.set(number, before)
      lastCues.set(row, number)
    },
    has: (anchor) => lastCues.get(find(anchor)) !== undefined,
    on: function* (anchor) {
      for (let number = lastCues.get(find(anchor)); number !== undefined; number = cuesBefore.get(number)) {
        const cue = cues.at(number)
        if (cue !== undefined) yield cue
      }
    },
  }
}

/** A row that no column has. */
const none = -1

const codeOf = ({ kind, nth }: Anchor): number => nth * anchorKinds.length + anchorKinds.indexOf(kind)
