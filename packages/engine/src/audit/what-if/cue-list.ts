/** Cues by number, counted from 0. There is about one for every commit of the log, so each is kept as a few numbers and not as an object. */
import type { Position } from '@borgledger/eventstore'
import type { Age } from './age.js'
import { column } from './column.js'

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

export interface CueList {
  /** Answers with the number that the cue got. */
  readonly push: (cue: Cue) => number
  /** Made anew each time. Undefined behind the end. */
  readonly at: (number: number) => Cue | undefined
}

export const cueList = (): CueList => {
  const [firsts, times, skews, ageNumbers] = [column(), column(), column(), column()]
  const ages: Age[] = []
  let length = 0
  return {
    push: ({ first, ms, skewMs, age }) => {
      firsts.set(length, first)
      times.set(length, ms)
      if (skewMs !== 0) skews.set(length, skewMs)
      if (age !== null) ageNumbers.set(length, numberIn(ages, age))
      length += 1
      return length - 1
    },
    at: (number) => {
      const [first, ms] = [firsts.get(number), times.get(number)]
      if (first === undefined || ms === undefined) return undefined
      return { first, ms, skewMs: skews.get(number) ?? 0, age: ages[ageNumbers.get(number) ?? -1] ?? null }
    },
  }
}

/** As many as the settings ever said, which is few. */
const numberIn = (ages: Age[], { of, ms, neverSooner }: Age): number => {
  const known = ages.findIndex((age) => age.of === of && age.ms === ms && age.neverSooner === neverSooner)
  return known >= 0 ? known : ages.push({ of, ms, neverSooner }) - 1
}
