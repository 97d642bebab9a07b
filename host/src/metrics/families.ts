/** A family of metrics in one line: its name, what it tells, and its samples. */
import type { Family, Sample } from './exposition.js'

type Samples = number | ReadonlyArray<Sample>

const samplesOf = (samples: Samples): ReadonlyArray<Sample> => (typeof samples === 'number' ? [{ value: samples }] : samples)

export const gauge = (name: string, help: string, samples: Samples): Family => ({ name, type: 'gauge', help, samples: samplesOf(samples) })

export const counter = (name: string, help: string, samples: Samples): Family => ({
  name,
  type: 'counter',
  help,
  samples: samplesOf(samples),
})

/** An instant as Unix time; 0 for what never happened, so that its age is as large as it can be. */
export const secondsOf = (instant: string | null): number => (instant === null ? 0 : Date.parse(instant) / 1000)
