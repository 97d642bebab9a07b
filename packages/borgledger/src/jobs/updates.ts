/**
 * Follows one job: looks at the record after every change, so that a missed or a doubled signal does no harm.
 */
import { isTerminal, type Job } from '@borgledger/domain'
import type { Clock, Engine } from '@borgledger/engine'
import { distinctUntilChanged, EMPTY, filter, map, merge, skip } from 'rxjs'

/** At most four updates a second. */
const paceMs = 250

export interface Followed {
  readonly engine: Pick<Engine, 'committed$'> & {
    readonly live: Pick<Engine['live'], 'changes$'>
    readonly projector: Pick<Engine['projector'], 'state$'>
  }
  readonly clock: Clock
  /** Also at progress that is not recorded. */
  readonly withProgress: boolean
  /** Null when there is no such job, or none any more. */
  readonly look: () => Promise<Job | null>
  /** Aborted when the ledger closes: nothing will change any more. */
  readonly closing: AbortSignal
  /** Aborted by a reader who leaves: a generator that waits cannot be ended from outside otherwise. */
  readonly leaving: AbortSignal | undefined
}

export async function* followJob(jobId: string, { engine, clock, look, closing, leaving, withProgress }: Followed): AsyncGenerator<Job> {
  let changed = false
  let wake = (): void => undefined
  let hurry = (): void => undefined
  const note = (): void => {
    changed = true
    wake()
  }
  // The last look is taken at once: after it there is nothing to look at, or nobody who would.
  const end = (): void => {
    note()
    hurry()
  }
  closing.addEventListener('abort', end)
  leaving?.addEventListener('abort', end)
  const events$ = engine.committed$.pipe(filter(({ event }) => 'jobId' in event && event.jobId === jobId))
  const live$ = withProgress ? engine.live.changes$.pipe(filter((id) => id === jobId)) : EMPTY
  // Tables that were late show what they missed once they have caught up.
  const caughtUp$ = engine.projector.state$.pipe(
    map(({ parked }) => parked === null),
    distinctUntilChanged(),
    skip(1),
  )
  const subscription = merge(events$, live$, caughtUp$).subscribe(note)
  try {
    for (;;) {
      changed = false
      const job = leaving?.aborted ? null : await look()
      if (job === null) return
      yield job
      if (isTerminal(job.state) || closing.aborted) return
      await new Promise<void>((resolve) => {
        const pause = clock.after(paceMs, resolve)
        hurry = () => {
          pause.cancel()
          resolve()
        }
      })
      if (!changed) await new Promise<void>((resolve) => (wake = resolve))
    }
  } finally {
    subscription.unsubscribe()
    closing.removeEventListener('abort', end)
    leaving?.removeEventListener('abort', end)
  }
}
