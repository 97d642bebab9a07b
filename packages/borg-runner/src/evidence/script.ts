/** What a script left: whether its time was over, and that processes of it had to be ended after it. */
import { existsSync } from 'node:fs'
import type { EvidenceOf, Warning } from '@borgledger/domain'
import type { RunDir } from '../run-dir.js'
import type { Left } from './left.js'

const leftProcesses: Warning = {
  code: 'script-left-processes',
  message: 'processes that the script left in its group were ended; one that is to stay must be started in a session of its own (setsid)',
  count: 1,
}

export const scriptEvidence = (run: RunDir, left: Left): EvidenceOf<'script'> => {
  const timedOut = existsSync(run.timedOut)
  const warnings = !timedOut && existsSync(run.left) ? [...left.warnings, leftProcesses] : left.warnings
  return { ...left, kind: 'script', timedOut, warnings }
}
