/** How a script ended: well with exit code 0 within its time, and otherwise not. What a pre-script's failure makes of its backup. */
import type { JobError } from '../error.js'
import type { EvidenceOf, RunWork, Warning } from '../run/index.js'
import { type Asked, wasCutShort } from './cut-short.js'
import type { StepEnding } from './ending.js'
import { sayExit } from './exit.js'

const lastWordsMax = 200

/** Null when it ended well. */
export const scriptFault = (work: RunWork, { exit, timedOut, lastError }: EvidenceOf<'script'>): JobError | null => {
  const who = work.kind === 'script' ? `script ${work.scriptId}` : 'the script'
  if (timedOut) {
    const limit = work.kind === 'script' ? ` of ${work.timeoutMs / 1000} s` : ''
    return { code: 'script-timeout', message: `the time${limit} of ${who} was over; it was ended with its group` }
  }
  if (exit?.code === 0) return null
  const words = lastError?.message.trim().split('\n').at(-1)?.slice(0, lastWordsMax) ?? ''
  const exitCode = exit?.code == null ? {} : { exitCode: exit.code }
  return { code: 'script-failed', message: `${sayExit({ exit }, who)}${words === '' ? '' : `: ${words}`}`, ...exitCode }
}

interface PreScript {
  readonly step: string
  readonly onFailure: 'fail' | 'continue' | 'skip'
  readonly fault: JobError | null
  readonly warnings: ReadonlyArray<Warning>
}

/** Nothing was done to the repository yet, whatever comes of it. */
export const judgePreScript = (job: Asked, { step, onFailure, fault, warnings }: PreScript): StepEnding => {
  const nothing = { warnings, effect: 'none' } as const
  if (job.cancelRequested) return { tag: 'Cancelled', rule: fault === null ? 'cancelled-between-steps' : 'cancelled', ...nothing }
  if (wasCutShort(job)) {
    const error = { code: 'interrupted-by-restart', message: `the host restarted during ${step}, before borg was started` } as const
    return { tag: 'Failed', rule: 'interrupted', error, ...nothing }
  }
  if (fault === null) return { tag: 'GoOn', warnings }
  const message = `${step} failed: ${fault.message}`
  switch (onFailure) {
    case 'fail':
      return { tag: 'Failed', rule: 'pre-script-failed', error: { ...fault, message }, ...nothing }
    case 'continue':
      return { tag: 'GoOn', warnings: [...warnings, { code: fault.code, message, count: 1 }] }
    case 'skip':
      return { tag: 'Cancelled', rule: 'skipped-by-script', error: { code: 'skipped-by-script', message }, ...nothing }
  }
}
