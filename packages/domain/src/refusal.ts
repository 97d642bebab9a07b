/**
 * Why a command was not followed. Each carries what a caller needs to act on it; nothing was recorded.
 */
import type { Problem } from './codec/index.js'
import type { JobStatus } from './job/job-type.js'

export type Refusal =
  | { readonly tag: 'JobNotFound'; readonly jobId: string }
  | { readonly tag: 'EntryDeleted'; readonly jobId: string }
  | { readonly tag: 'JobIdTaken'; readonly jobId: string }
  | { readonly tag: 'JobRunning'; readonly jobId: string }
  | { readonly tag: 'AlreadyFinished'; readonly jobId: string; readonly status: JobStatus }
  /** Stopping this type of job half-way may do harm; an admin may force it. */
  | { readonly tag: 'InterruptingIsUnsafe'; readonly jobId: string }
  /** Only what nobody can see is resolved by a word. */
  | { readonly tag: 'NotUnattended'; readonly jobId: string }
  | { readonly tag: 'ProcessAlive'; readonly jobId: string }
  | { readonly tag: 'RepositoryNotFound'; readonly repositoryId: string }
  /** `jobs` may be empty: then a call is in the way, which is over soon. */
  | { readonly tag: 'RepositoryBusy'; readonly repositoryId: string; readonly jobs: ReadonlyArray<string> }
  | { readonly tag: 'LimitReached'; readonly jobs: ReadonlyArray<string> }
  | { readonly tag: 'RepositoryAlreadyRegistered'; readonly repositoryId: string }
  | { readonly tag: 'NotificationTargetNotFound'; readonly targetId: string }
  | { readonly tag: 'ScriptNotFound'; readonly scriptId: string }
  /** Jobs that are not over name it. */
  | { readonly tag: 'ScriptInUse'; readonly scriptId: string; readonly jobs: ReadonlyArray<string> }
  | { readonly tag: 'IdTaken'; readonly id: string }
  | { readonly tag: 'ScheduleNotFound'; readonly scheduleId: string }
  /** It changed, or came due, since the command was made. */
  | { readonly tag: 'ScheduleMoved'; readonly scheduleId: string }
  | { readonly tag: 'TokenNotFound'; readonly tokenId: string }
  | { readonly tag: 'TokenNameTaken'; readonly name: string }
  /** The key was used before with another body. */
  | { readonly tag: 'IdempotencyKeyReused' }
  | { readonly tag: 'InvalidBody'; readonly problems: ReadonlyArray<Problem> }

/** A sentence for a person. */
export const sayRefusal = (refusal: Refusal): string => {
  switch (refusal.tag) {
    case 'JobNotFound':
      return `there is no job ${refusal.jobId}`
    case 'EntryDeleted':
      return `the entry of job ${refusal.jobId} was deleted`
    case 'JobIdTaken':
      return `there is a job ${refusal.jobId} already`
    case 'JobRunning':
      return `job ${refusal.jobId} is running`
    case 'AlreadyFinished':
      return `job ${refusal.jobId} is ${refusal.status} already`
    case 'InterruptingIsUnsafe':
      return `stopping job ${refusal.jobId} half-way may harm the repository; an admin may force it`
    case 'NotUnattended':
      return `job ${refusal.jobId} is not unattended: its end is seen, and not said`
    case 'ProcessAlive':
      return `the process of job ${refusal.jobId} is alive`
    case 'RepositoryNotFound':
      return `there is no repository ${refusal.repositoryId}`
    case 'RepositoryBusy':
      return `repository ${refusal.repositoryId} is in use by ${refusal.jobs.join(', ') || 'a short call of borg'}`
    case 'LimitReached':
      return refusal.jobs.length === 0 ? 'the limit for such jobs is 0' : `the limit for such jobs is reached by ${refusal.jobs.join(', ')}`
    case 'RepositoryAlreadyRegistered':
      return `this borg repository is registered already, as ${refusal.repositoryId}`
    case 'NotificationTargetNotFound':
      return `there is no notification target ${refusal.targetId}`
    case 'ScriptNotFound':
      return `there is no script ${refusal.scriptId}`
    case 'ScriptInUse':
      return `script ${refusal.scriptId} is named by ${refusal.jobs.join(', ')}`
    case 'IdTaken':
      return `the id ${refusal.id} is taken`
    case 'ScheduleNotFound':
      return `there is no schedule ${refusal.scheduleId}`
    case 'ScheduleMoved':
      return `schedule ${refusal.scheduleId} changed meanwhile; try again`
    case 'TokenNotFound':
      return `there is no token ${refusal.tokenId}`
    case 'TokenNameTaken':
      return `there is a token called ${refusal.name} already`
    case 'IdempotencyKeyReused':
      return 'this idempotency key was used before with another body'
    case 'InvalidBody':
      return refusal.problems.map((problem) => (problem.path === '' ? problem.message : `${problem.path}: ${problem.message}`)).join('; ')
  }
}

/** `RepositoryNotFound` becomes `repository-not-found`: what the refusal is called at every door. */
export const refusalCode = ({ tag }: Refusal): string =>
  tag === 'JobIdTaken' || tag === 'TokenNameTaken' ? 'id-taken' : tag.replace(/(?!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase()
