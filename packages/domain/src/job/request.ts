/**
 * Asking for a job: it is recorded whether or not it can start at once, unless the asker would rather be refused than wait.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Problem } from '../codec/index.js'
import type { Refusal } from '../refusal.js'
import type { LedgerState } from '../state.js'
import type { JobCommandOf } from './commands.js'
import { dispatch } from './dispatch.js'
import type { JobEventOf, Trigger } from './events.js'
import { slotOf } from './job-type.js'
import { permissionProblems } from './permitted.js'
import type { Work } from './spec.js'
import { specProblems } from './spec-problems.js'
import { evolveJob } from './state.js'

type Requested = JobEventOf<'JobRequested'>
type Decision = E.Either<Refusal, readonly [Requested]>

/** Left: `RepositoryNotFound`, `InvalidBody`, `JobIdTaken`; with `onBusy: refuse` also `RepositoryBusy` and `LimitReached`. */
export const requestJob = (command: JobCommandOf<'RequestJob'>, state: LedgerState): Decision => {
  const { jobId, work, repositoryId, trigger } = command
  if (state.jobs.has(jobId)) return E.left({ tag: 'JobIdTaken', jobId })
  const problems = requestProblems(work, repositoryId, state)
  if (problems.length > 0) return E.left({ tag: 'InvalidBody', problems })
  if (repositoryId !== null && !state.repositories.has(repositoryId)) return E.left({ tag: 'RepositoryNotFound', repositoryId })
  const series = seriesOf(work, repositoryId, trigger)
  const requested: Requested = { type: 'JobRequested', jobId, work, repositoryId, series, slot: slotOf(work.type, trigger.kind), trigger }
  return command.onBusy === 'refuse' ? unlessBusy(requested, state) : E.right([requested])
}

/** What of such a request is wrong in itself, or not permitted. Paths are those of the request's body. */
export const requestProblems = (work: Work, repositoryId: string | null, state: LedgerState): ReadonlyArray<Problem> => [
  ...specProblems(work, repositoryId),
  ...permissionProblems(work, state),
]

/** A backup belongs to a series: the one it names, else its schedule's, else its repository's. */
const seriesOf = (work: Work, repositoryId: string | null, trigger: Trigger): string | null => {
  if (work.type !== 'backup') return null
  return work.spec.series ?? ('scheduleId' in trigger ? trigger.scheduleId : repositoryId)
}

const unlessBusy = (requested: Requested, state: LedgerState): Decision => {
  const held = heldBackAtOnce(requested, state)
  if (held === null) return E.right([requested])
  if (held.reason === 'limit-reached') return E.left({ tag: 'LimitReached', jobs: held.jobs })
  return E.left({ tag: 'RepositoryBusy', repositoryId: requested.repositoryId ?? '', jobs: held.jobs })
}

/** What would keep the job from starting in the commit of its request; null when nothing would. */
export const heldBackAtOnce = (requested: Requested, state: LedgerState): JobEventOf<'JobHeldBack'> | null => {
  const job = evolveJob(undefined, { event: requested, position: state.position + 1, at: '', actor: '' })
  const jobs = job === undefined ? state.jobs : new Map(state.jobs).set(job.jobId, job)
  const [fate] = dispatch({ ...state, host: state.owner.host ?? '', jobs }).filter((event) => event.jobId === requested.jobId)
  return fate?.type === 'JobHeldBack' ? fate : null
}
