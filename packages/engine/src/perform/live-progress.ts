/** The progress of running jobs as it is heard, for followers; only milestones of it go into the log. */
import type { Progress } from '@borgledger/domain'
import { type Observable, Subject } from 'rxjs'

export interface LiveProgress {
  readonly of: (jobId: string) => Progress | null
  readonly changes$: Observable<string>
  readonly hear: (jobId: string, progress: Progress) => void
  readonly forget: (jobId: string) => void
}

export const createLiveProgress = (): LiveProgress => {
  const latest = new Map<string, Progress>()
  const changes$ = new Subject<string>()
  return {
    of: (jobId) => latest.get(jobId) ?? null,
    changes$: changes$.asObservable(),
    hear: (jobId, progress) => {
      latest.set(jobId, progress)
      changes$.next(jobId)
    },
    forget: (jobId) => {
      latest.delete(jobId)
    },
  }
}
