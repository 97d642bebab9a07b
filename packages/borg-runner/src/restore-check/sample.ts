/**
 * Which files are compared by the hash of their content: always the same ones of an archive, spread over it, none so large that reading it
 * again would take longer than the restore. Pure.
 */
import { createHash } from 'node:crypto'
import type { Entry } from './entry.js'

const filesMax = 20
const fileBytesMax = 64 * 1024 * 1024

interface Candidate {
  readonly path: string
  readonly size: number
  readonly rank: string
}

export interface Sample {
  readonly chosen: ReadonlyArray<Candidate>
  /** Taken when every file is too large. */
  readonly smallest: Candidate | null
}

export const noSample: Sample = { chosen: [], smallest: null }

export const offer = (sample: Sample, { path, size }: Pick<Entry, 'path' | 'size'>): Sample => {
  if (size === 0) return sample
  const candidate = { path, size, rank: createHash('sha256').update(path).digest('hex') }
  const smallest = sample.smallest === null || size < sample.smallest.size ? candidate : sample.smallest
  const last = sample.chosen[filesMax - 1]
  if (size > fileBytesMax || (last !== undefined && last.rank < candidate.rank)) return { ...sample, smallest }
  const chosen = [...sample.chosen, candidate].sort((a, b) => (a.rank < b.rank ? -1 : 1)).slice(0, filesMax)
  return { chosen, smallest }
}

export const sampled = ({ chosen, smallest }: Sample): ReadonlyArray<string> => {
  const files = chosen.length === 0 && smallest !== null ? [smallest] : chosen
  return files.map(({ path }) => path)
}
