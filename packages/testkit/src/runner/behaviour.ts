/**
 * How a scripted run behaves, as data. Nothing here takes time: what a real process does by itself, a scripted one does at once,
 * and what it would do later it does when the test says so.
 */
import type { ArchiveMade, BorgError, EvidenceOf, Exit, Warning } from '@borgledger/domain'
import type { RunRequest } from '@borgledger/engine'
import { archiveMade, evidence } from '../samples.js'

export type Behaviour =
  /** Makes its archive and exits with 0. */
  | { readonly does: 'succeed'; readonly archive?: Partial<ArchiveMade> }
  /** Makes its archive with warnings and exits with `code` (107 when not given). */
  | { readonly does: 'warn'; readonly warnings: ReadonlyArray<Warning>; readonly code?: number }
  /** Makes no archive. */
  | { readonly does: 'fail'; readonly exit?: Exit; readonly lastError?: BorgError; readonly evidence?: Partial<EvidenceOf<'create'>> }
  /** Runs until it is stopped or told to end. `heedsRung`: the first rung of the ladder that ends it, 1 when not given. */
  | { readonly does: 'hang'; readonly heedsRung?: number }
  /** Its process is gone and left no report; `archive` when it was made before. */
  | { readonly does: 'vanish'; readonly archive?: Partial<ArchiveMade> }
  /** Its worker dies `times` times (once when not given), the telling breaks off; the process goes on and hangs. */
  | { readonly does: 'lose-worker'; readonly times?: number }

const madeFor = (request: RunRequest, over: Partial<ArchiveMade> = {}): ArchiveMade =>
  archiveMade({ ...(request.work.kind === 'create' ? { name: request.work.archive } : {}), ...over })

/** What the run leaves behind when it ends by itself; null when it does not. */
export const ownEnd = (behaviour: Behaviour, request: RunRequest): EvidenceOf<'create'> | null => {
  switch (behaviour.does) {
    case 'succeed':
      return evidence({ archive: madeFor(request, behaviour.archive) })
    case 'warn':
      return evidence({ exit: { code: behaviour.code ?? 107, signal: null }, warnings: behaviour.warnings, archive: madeFor(request) })
    case 'fail': {
      const { exit = { code: 2, signal: null }, lastError = null } = behaviour
      return evidence({ exit, lastError, archive: null, looked: true, ...behaviour.evidence })
    }
    case 'vanish':
      return goneWithout(behaviour.archive === undefined ? null : madeFor(request, behaviour.archive))
    case 'hang':
    case 'lose-worker':
      return null
  }
}

/** No report, no process; somebody looked whether an archive was made. */
export const goneWithout = (archive: ArchiveMade | null): RunEvidence => evidence({ exit: null, archive, looked: true })

/** What a stopped run leaves behind: borg catches the signal and exits with 128 and its number, save SIGKILL. */
export const stoppedBy = (signal: string): RunEvidence => {
  const exit = signal === 'SIGKILL' ? { code: null, signal } : { code: signal === 'SIGINT' ? 130 : 143, signal: null }
  return evidence({ exit, archive: null, looked: true })
}
