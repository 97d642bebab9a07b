/**
 * What a clock on the wall shows in a time zone: the offsets to UTC and the instants at which they change, read from the rules that the
 * JavaScript engine carries. A wall time is told as the ms that UTC would have if its clocks showed that.
 */
import { dayMs } from './pattern.js'

/** From `startMs` on, and before `endMs`, walls show UTC plus `offsetMs`. */
export interface Stretch {
  readonly startMs: number
  readonly endMs: number
  readonly offsetMs: number
}

/** Null when it is a time zone of the IANA data base. */
export const timeZoneProblem = (timeZone: string): string | null => {
  // An offset such as +02:00 would be taken too, and knows no summer.
  if (!/^[A-Za-z]/.test(timeZone)) return 'expected a time zone such as Europe/Berlin'
  try {
    formatterOf(timeZone)
    return null
  } catch {
    return 'expected a time zone such as Europe/Berlin'
  }
}

/** Stretches that follow each other, the first one around `fromMs`, without end. Throws on an unknown zone. */
export function* stretchesFrom(timeZone: string, fromMs: number): Generator<Stretch> {
  const offsetAt = offsetsOf(timeZone)
  const step = (ms: number, towards: 1 | -1): number => (Math.floor(ms / dayMs) + (towards === 1 ? 1 : 0)) * dayMs
  let startMs = startOf(fromMs, offsetAt)
  for (;;) {
    const offsetMs = offsetAt(startMs)
    let sameMs = startMs
    let endMs = step(startMs, 1)
    // A stretch is told in pieces of a month at most, so that nobody looks far ahead for little.
    while (offsetAt(endMs) === offsetMs && endMs - startMs < 32 * dayMs) {
      sameMs = endMs
      endMs += dayMs
    }
    if (offsetAt(endMs) !== offsetMs) endMs = changeBetween(sameMs, endMs, offsetAt)
    yield { startMs, endMs, offsetMs }
    startMs = endMs
  }
}

type OffsetAt = (ms: number) => number

/** The beginning of the UTC day, or the change of the offset since then. */
const startOf = (ms: number, offsetAt: OffsetAt): number => {
  const midnightMs = Math.floor(ms / dayMs) * dayMs
  return offsetAt(midnightMs) === offsetAt(ms) ? midnightMs : changeBetween(midnightMs, ms, offsetAt)
}

/** The first instant, to the second, at which the offset is no longer the one at `sameMs`; it is another at `otherMs`. */
const changeBetween = (sameMs: number, otherMs: number, offsetAt: OffsetAt): number => {
  let [low, high] = [Math.floor(sameMs / 1_000), Math.ceil(otherMs / 1_000)]
  const offsetMs = offsetAt(low * 1_000)
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetAt(middle * 1_000) === offsetMs) low = middle
    else high = middle
  }
  return high * 1_000
}

const zones = new Map<string, OffsetAt>()

const offsetsOf = (timeZone: string): OffsetAt => {
  const known = zones.get(timeZone)
  if (known !== undefined) return known
  const formatter = formatterOf(timeZone)
  const offsets = new Map<number, number>()
  const offsetAt: OffsetAt = (ms) => {
    const found = offsets.get(ms) ?? offsetIn(formatter, ms)
    if (offsets.size >= 10_000) offsets.clear()
    offsets.set(ms, found)
    return found
  }
  zones.set(timeZone, offsetAt)
  return offsetAt
}

const formatterOf = (timeZone: string): Intl.DateTimeFormat => new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })

/** From `GMT`, `GMT+05:30` or `GMT-00:44:30`. */
const offsetIn = (formatter: Intl.DateTimeFormat, ms: number): number => {
  const name = formatter.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value ?? ''
  const [, sign, hours = '0', minutes = '0', seconds = '0'] = /^GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(name) ?? []
  return (sign === '-' ? -1_000 : 1_000) * (Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds))
}
