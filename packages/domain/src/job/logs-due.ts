/**
 * Which logs are to be removed and are still there, as a fold: what an owner that died half-way, or a disk that refused, leaves to be done.
 */
import type { JobEvent, RemovalReason } from './events.js'

/** By job. */
export type LogsDue = ReadonlyMap<string, RemovalReason>

export const evolveLogsDue = (due: LogsDue, event: JobEvent): LogsDue => {
  switch (event.type) {
    case 'LogRemovalDecided':
      return new Map(due).set(event.jobId, event.reason)
    case 'LogRemoved': {
      const left = new Map(due)
      left.delete(event.jobId)
      return left
    }
    default:
      return due
  }
}
