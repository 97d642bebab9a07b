/**
 * How a scripted run behaves, as data. Nothing here takes time: what a real process does by itself, a scripted one does at once,
 * and what it would do later it does when the test says so.
 */
import type { ArchiveListed, ArchiveMade, BorgError, Exit, RunEvidence, RunKind, RunWork, Warning } from '@borgledger/domain'
import { evidenceOf, failedEvidenceOf } from '../run-samples.js'
import { archiveMade } from '../samples.js'
import { doneOver } from './scripted-archives.js'

export type Behaviour =
  /** Does all of its work and exits with 0. `archive`: of a backup, what is otherwise about the one that it makes. */
  | { readonly does: 'succeed'; readonly archive?: Partial<ArchiveMade> }
  /** Does its work with warnings and exits with `code` (107 when not given). */
  | { readonly does: 'warn'; readonly warnings: ReadonlyArray<Warning>; readonly code?: number }
  /** Changes nothing. */
  | { readonly does: 'fail'; readonly exit?: Exit; readonly lastError?: BorgError }
  /** Ends at once, and leaves this. */
  | { readonly does: 'leave'; readonly evidence: RunEvidence }
  /** Runs until it is stopped or told to end. `heedsRung`: the first rung of the ladder that ends it, 1 when not given. */
  | { readonly does: 'hang'; readonly heedsRung?: number }
  /** Its process is gone and left no report; `archive` when it was made before. */
  | { readonly does: 'vanish'; readonly archive?: Partial<ArchiveMade> }
  /** Its worker dies `times` times (once when not given), the telling breaks off; the process goes on and hangs. */
  | { readonly does: 'lose-worker'; readonly times?: number }

/** What the run leaves behind when it ends by itself; null when it does not. */
export const ownEnd = (behaviour: Behaviour, work: RunWork, archives: ReadonlyArray<ArchiveListed>): RunEvidence | null => {
  switch (behaviour.does) {
    case 'succeed':
      return behaviour.archive === undefined ? doneOver(work, archives) : madeBy(work, behaviour.archive)
    case 'warn':
      return { ...doneOver(work, archives), exit: { code: behaviour.code ?? 107, signal: null }, warnings: behaviour.warnings }
    case 'fail': {
      const { exit = { code: 2, signal: null }, lastError = null } = behaviour
      return { ...undoneOver(work.kind, archives), exit, lastError }
    }
    case 'leave':
      return behaviour.evidence
    case 'vanish':
      return behaviour.archive === undefined ? goneOf(work.kind, archives) : { ...madeBy(work, behaviour.archive), exit: null }
    case 'hang':
    case 'lose-worker':
      return null
  }
}

const madeBy = (work: RunWork, over: Partial<ArchiveMade>): RunEvidence =>
  evidenceOf('create', { archive: archiveMade({ ...(work.kind === 'create' ? { name: work.archive } : {}), ...over }), looked: true })

const undoneOver = (kind: RunKind, archives: ReadonlyArray<ArchiveListed>): RunEvidence => {
  const undone = failedEvidenceOf(kind)
  return undone.kind === 'prune' || undone.kind === 'delete' ? { ...undone, before: archives, after: archives } : undone
}

/** No report, no process; somebody looked, and nothing had changed. */
export const goneOf = (kind: RunKind, archives: ReadonlyArray<ArchiveListed>): RunEvidence => ({
  ...undoneOver(kind, archives),
  exit: null,
})

/** What a stopped run leaves behind: borg catches the signal and exits with 128 and its number, save SIGKILL. */
export const stoppedBy = (signal: string, kind: RunKind, archives: ReadonlyArray<ArchiveListed>): RunEvidence => {
  const exit = signal === 'SIGKILL' ? { code: null, signal } : { code: signal === 'SIGINT' ? 130 : 143, signal: null }
  return { ...undoneOver(kind, archives), exit }
}
