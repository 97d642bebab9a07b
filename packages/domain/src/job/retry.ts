/**
 * When a step tries again by itself inside the running job: a clash of archive names at once, a lock of somebody else with back-off.
 */
import { faultOf } from './borg-faults.js'
import type { RunEvidence } from './run/index.js'
import type { JobState } from './state.js'

const attemptsMax = 10
/** Somebody else's lock is waited for up to an hour. */
export const lockWaitMsMax = 3_600_000
const firstPauseMs = 10_000
const pauseMsMax = 300_000

/** Milliseconds until the next attempt; null when the step is over. `at`: the present, as an instant. */
export const retryAfterMs = (job: JobState, evidence: RunEvidence, at: string): number | null => {
  if (tookEffect(evidence) || job.cancelRequested || job.recovery !== null || evidence.exit?.code === 0) return null
  switch (faultOf(evidence)) {
    case 'archive-exists':
      return job.attempts < attemptsMax ? 0 : null
    case 'repository-locked': {
      const waitedMs = Date.parse(at) - Date.parse(job.attemptedAt ?? at)
      const pauseMs = Math.min(pauseMsMax, firstPauseMs * 2 ** Math.min(job.attempts - 1, 10))
      return waitedMs + pauseMs <= lockWaitMsMax ? pauseMs : null
    }
    default:
      return null
  }
}

const tookEffect = (evidence: RunEvidence): boolean => {
  switch (evidence.kind) {
    case 'create':
      return evidence.archive !== null
    case 'script':
    case 'package':
      return true
    default:
      return false
  }
}
