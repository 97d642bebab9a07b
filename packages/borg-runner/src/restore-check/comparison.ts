/** Compares restored files with what their archive says of them, one by one, however many there are. */
import { createReadStream } from 'node:fs'
import { lstat, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { EvidenceOf } from '@borgledger/domain'
import { differenceOf } from './difference.js'
import { type Entry, entryOf, type Found, isComparable, isFile, isLossy } from './entry.js'
import { noSample, offer, type Sample } from './sample.js'

export interface Comparison extends Pick<EvidenceOf<'restore-check'>, 'files' | 'bytes' | 'mismatches'> {
  readonly sample: Sample
  /** Entries whose names borg cannot tell as they are. */
  readonly lossy: number
}

const mismatchesMax = 100
const nothing: Comparison = { files: 0, bytes: 0, mismatches: [], sample: noSample, lossy: 0 }

/** `folder`: where they were restored; null to count only. */
export const compareAll = async (contentsPath: string, folder: string | null): Promise<Comparison> => {
  let comparison = nothing
  for await (const line of createInterface({ input: createReadStream(contentsPath) })) {
    const entry = entryOf(line)
    if (entry !== null && isComparable(entry)) comparison = await compareOne(comparison, entry, folder)
  }
  return comparison
}

const compareOne = async (sofar: Comparison, entry: Entry, folder: string | null): Promise<Comparison> => {
  const counted = isFile(entry) ? { ...sofar, files: sofar.files + 1, bytes: sofar.bytes + entry.size } : sofar
  if (folder === null) return counted
  const found = await findBelow(folder, entry)
  if (found === null && isLossy(entry)) return { ...counted, lossy: counted.lossy + 1 }
  const what = differenceOf(entry, found)
  if (what !== null) return { ...counted, mismatches: addMismatch(counted.mismatches, { path: entry.path, what }) }
  return entry.mode.startsWith('-') ? { ...counted, sample: offer(counted.sample, entry) } : counted
}

type Mismatches = Comparison['mismatches']

export const addMismatch = (mismatches: Mismatches, mismatch: Mismatches[number]): Mismatches =>
  mismatches.length < mismatchesMax ? [...mismatches, mismatch] : mismatches

const findBelow = async (folder: string, { path, mode }: Entry): Promise<Found | null> => {
  const place = join(folder, path)
  try {
    const stats = await lstat(place)
    return { stats, linktarget: mode.startsWith('l') && stats.isSymbolicLink() ? await readlink(place) : null }
  } catch {
    return null
  }
}
