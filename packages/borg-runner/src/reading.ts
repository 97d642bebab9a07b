/** How what a run writes is to be read, by the kind of its work. */
import type { RunWork, WorkOf } from '@borgledger/domain'

export interface Reading {
  /** Who ended, in the words of the log. */
  readonly program: string
  /** Every line is text, whatever it looks like. */
  readonly plain: boolean
  /** The msgids whose percentages, one after the other, are those of the whole run; none when no total is known. */
  readonly phases: ReadonlyArray<string>
  /** After which the run's processes are ended; null: never. */
  readonly timeoutMs: number | null
}

const borg = (...phases: ReadonlyArray<string>): Reading => ({ program: 'borg', plain: false, phases, timeoutMs: null })

export const readingOf = (work: RunWork): Reading => {
  switch (work.kind) {
    case 'create':
      return borg()
    case 'extract':
    case 'restore-check':
      return borg('extract')
    case 'check':
      return borg(...checkPhases(work))
    case 'compact':
      return borg('repository.compact_segments')
    case 'prune-plan':
    case 'prune':
      return borg('prune')
    case 'delete':
      return borg('archive.delete')
    case 'script':
      return { program: 'the script', plain: true, phases: [], timeoutMs: work.timeoutMs }
    case 'package':
      return { program: 'the package manager', plain: true, phases: [], timeoutMs: null }
  }
}

const checkPhases = ({ mode, verifyData }: WorkOf<'check'>): ReadonlyArray<string> => [
  ...(mode === 'archives' ? [] : ['repository.check']),
  ...(verifyData ? ['check.verify_data'] : []),
  ...(mode === 'repository' ? [] : ['check.rebuild_refcounts']),
]
