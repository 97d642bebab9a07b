/** How the installation of a package ended: by the exit code of the package manager. */
import type { EvidenceOf } from '../run/index.js'
import { type Asked, undone } from './cut-short.js'
import type { Ending } from './ending.js'

export const judgeInstall = (job: Asked, evidence: EvidenceOf<'package'>): Ending => {
  const { exit, warnings, lastError } = evidence
  if (exit?.code === 0) return { tag: 'Completed', rule: 'installed', warnings, effect: 'complete' }
  const message = lastError?.message ?? `the package manager ended with exit code ${exit?.code ?? 'unknown'}`
  return undone(job, evidence, { effect: 'unknown', rule: 'not-installed', error: { code: 'package-failed', message } })
}
