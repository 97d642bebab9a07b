/**
 * How far a job is. Only what is known: an unknown percentage is null, never 0. Sizes in bytes, times in milliseconds.
 */
import * as t from 'io-ts'
import { Count, nullable, Percent } from '../codec/index.js'

export const Progress = t.intersection([
  t.type({ percent: nullable(Percent) }),
  t.partial({
    originalBytes: Count,
    compressedBytes: Count,
    deduplicatedBytes: Count,
    files: Count,
    path: t.string,
    bytesPerSecond: Count,
    remainingMs: Count,
  }),
])
export type Progress = Readonly<t.TypeOf<typeof Progress>>
