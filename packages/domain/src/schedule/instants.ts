/**
 * When a schedule is due: cron expression and time zone become instants. Pure; the present is an argument.
 *
 * A schedule of every hour is an interval: it is due whenever a wall clock shows a time of its own, so its cadence goes on through both
 * directions of a change of the clocks. Any other names fixed times: one that the clocks pass over is due at the first instant after the gap,
 * and one that they show twice is due the first time.
 */
import { dayMs, type Pattern, patternOf } from './pattern.js'
import { type Stretch, stretchesFrom } from './zone.js'

/** What of a schedule says when it is due. */
export interface Rhythm {
  readonly cron: string
  readonly timeZone: string
}

/** Every due instant after `afterMs`, ascending, in Unix ms; without end, or empty when it never comes due again. */
export function* instantsAfter({ cron, timeZone }: Rhythm, afterMs: number): Generator<number> {
  const pattern = patternOf(cron)
  let before: Stretch | null = null
  // A day earlier, so that the change of the clocks that concerns the first instant is seen.
  for (const stretch of stretchesFrom(timeZone, afterMs - 2 * dayMs)) {
    for (const dueMs of dueIn(stretch, before, pattern)) if (dueMs > afterMs) yield dueMs
    if (pattern.dayFrom(dayOf(stretch.endMs + stretch.offsetMs)) === null) return
    before = stretch
  }
}

const dayOf = (wallMs: number): number => Math.floor(wallMs / dayMs)

function* dueIn(stretch: Stretch, before: Stretch | null, pattern: Pattern): Generator<number> {
  const { startMs, endMs, offsetMs } = stretch
  const wallMs = startMs + offsetMs
  // What walls showed when this stretch began, had the clocks gone on as before.
  const expectedMs = before === null || pattern.everyHour ? wallMs : startMs + before.offsetMs
  if (expectedMs < wallMs && matchesBetween(pattern, expectedMs, wallMs)) yield startMs
  const seenMs = expectedMs > wallMs ? expectedMs : wallMs
  for (const dueMs of wallTimes(pattern, seenMs, endMs + offsetMs)) {
    // The gap ended at a time of the schedule itself: that is one instant.
    if (!(expectedMs < wallMs && dueMs === wallMs && matchesBetween(pattern, expectedMs, wallMs))) yield dueMs - offsetMs
  }
}

/** Matching wall times from `fromMs` on and before `toMs`. */
function* wallTimes({ times, dayFrom }: Pattern, fromMs: number, toMs: number): Generator<number> {
  for (let day = dayFrom(dayOf(fromMs)); day !== null && day * dayMs < toMs; day = dayFrom(day + 1)) {
    for (const timeMs of times) {
      const wallMs = day * dayMs + timeMs
      if (wallMs >= toMs) return
      if (wallMs >= fromMs) yield wallMs
    }
  }
}

const matchesBetween = (pattern: Pattern, fromMs: number, toMs: number): boolean => !wallTimes(pattern, fromMs, toMs).next().done

/** The next `count` due instants after an instant, as instants. */
export const preview = (rhythm: Rhythm, after: string, count: number): ReadonlyArray<string> => {
  const next: string[] = []
  if (count < 1) return next
  for (const dueMs of instantsAfter(rhythm, Date.parse(after))) if (next.push(new Date(dueMs).toISOString()) >= count) break
  return next
}
