/**
 * Progress lines, thinned out: at most four a second are told, of these one a minute or a step of ten percent is worth storing.
 *
 * Pure; the time comes in. `create` knows no total, so its percentage is null and it has no time left.
 */
import type { Progress } from '@borgledger/domain'
import type { Line } from './lines/line.js'

export interface Pace {
  readonly latest: Progress | null
  /** There is something that has not been told. */
  readonly fresh: boolean
  readonly toldAtMs: number
  readonly milestoneAtMs: number
  readonly milestonePercent: number
  readonly samples: ReadonlyArray<Sample>
  /** Which phase of the run the samples are of. */
  readonly phase: number
}

interface Sample {
  readonly atMs: number
  readonly done: number
}

const toldEveryMs = 250
const milestoneEveryMs = 60_000
const milestonePercents = 10
const windowMs = 10_000

export const startPace = (nowMs: number): Pace => ({
  latest: null,
  fresh: false,
  toldAtMs: Number.NEGATIVE_INFINITY,
  milestoneAtMs: nowMs,
  milestonePercent: 0,
  samples: [],
  phase: 0,
})

/** `phases`: the msgids whose percentages, one after the other, are those of the whole run. Other percentages are of some step in it. */
export const advance = (pace: Pace, line: Line, nowMs: number, phases: ReadonlyArray<string>): Pace => {
  switch (line.tag) {
    case 'archive-progress': {
      const samples = sampled(pace.samples, { atMs: nowMs, done: line.originalBytes })
      const { tag: _, ...sizes } = line
      const rate = rateOf(samples)
      return {
        ...pace,
        samples,
        fresh: true,
        latest: { percent: null, ...sizes, ...(rate === null ? {} : { bytesPerSecond: Math.round(rate) }) },
      }
    }
    case 'percent': {
      const phase = phases.indexOf(line.msgid)
      if (phase < pace.phase || line.total === 0) return pace
      const samples = sampled(phase === pace.phase ? pace.samples : [], { atMs: nowMs, done: line.current })
      const part = { done: line.current / line.total, perSecond: per(rateOf(samples), line.total) }
      return { ...pace, phase, samples, fresh: true, latest: percentOfAll(phase, phases.length, part) }
    }
    default:
      return pace
  }
}

const per = (rate: number | null, total: number): number | null => (rate === null ? null : rate / total)

/** Each phase has the same share. How long the later ones will take is not known, so the time left is told in the last one only. */
const percentOfAll = (phase: number, phases: number, part: { readonly done: number; readonly perSecond: number | null }): Progress => {
  const { done, perSecond } = part
  const percent = Math.min(100, Math.round(((phase + done) / phases) * 1000) / 10)
  if (perSecond === null || perSecond === 0 || phase + 1 < phases) return { percent }
  return { percent, remainingMs: Math.max(0, Math.round(((1 - done) / perSecond) * 1000)) }
}

/** One sample a tell, none older than the window except the one that begins it. */
const sampled = (samples: ReadonlyArray<Sample>, now: Sample): ReadonlyArray<Sample> => {
  const last = samples[samples.length - 1]
  if (last !== undefined && now.atMs - last.atMs < toldEveryMs) return samples
  return [...samples.filter((sample) => now.atMs - sample.atMs <= windowMs), now]
}

/** Per second, over the window; null until a second of it is known. */
const rateOf = (samples: ReadonlyArray<Sample>): number | null => {
  const [first, last] = [samples[0], samples[samples.length - 1]]
  if (first === undefined || last === undefined || last.atMs - first.atMs < 1000) return null
  return (Math.max(0, last.done - first.done) / (last.atMs - first.atMs)) * 1000
}

export interface Told {
  readonly progress: Progress
  readonly milestone: boolean
}

/** What is to be told now, if anything, and the pace after it. */
export const tell = (pace: Pace, nowMs: number): readonly [Pace, Told | null] => {
  if (!pace.fresh || pace.latest === null || nowMs - pace.toldAtMs < toldEveryMs) return [pace, null]
  const step = Math.floor((pace.latest.percent ?? 0) / milestonePercents) * milestonePercents
  const milestone = nowMs - pace.milestoneAtMs >= milestoneEveryMs || step > pace.milestonePercent
  const marks = milestone ? { milestoneAtMs: nowMs, milestonePercent: step } : {}
  return [
    { ...pace, ...marks, fresh: false, toldAtMs: nowMs },
    { progress: pace.latest, milestone },
  ]
}
