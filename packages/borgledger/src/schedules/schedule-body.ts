/** What is sent to add or change a schedule. Closed: an unknown field is refused; what is wrong with its job is said at `job.<field>`. */
import {
  closed,
  decodeWith,
  Id,
  Missed,
  nullable,
  Overlap,
  Positive,
  type Problem,
  type ScheduleDefinition,
  Text,
} from '@borgledger/domain'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { decodeJobBody } from '../jobs/index.js'

const choices = { overlap: Overlap, missed: Missed, windowMs: nullable(Positive) }
export const ScheduleBody = closed(
  'a schedule',
  { name: Text, cron: Text, timeZone: Text, job: t.UnknownRecord },
  { id: Id, enabled: t.boolean, ...choices },
)
export type ScheduleBody = t.TypeOf<typeof ScheduleBody>

export const SchedulePatch = closed(
  'changes of a schedule',
  {},
  { name: Text, cron: Text, timeZone: Text, enabled: t.boolean, job: t.UnknownRecord, ...choices },
)
export type SchedulePatch = t.TypeOf<typeof SchedulePatch>

type Decoded<A> = E.Either<ReadonlyArray<Problem>, A>

export interface NewSchedule {
  readonly id: string | undefined
  readonly definition: ScheduleDefinition
}

export const decodeScheduleBody = (body: unknown): Decoded<NewSchedule> => {
  const decoded = decodeWith(ScheduleBody, body)
  if (E.isLeft(decoded)) return decoded
  const { id, job, enabled = true, overlap = 'skip', missed = 'once', windowMs = null, ...rest } = decoded.right
  return E.map((made: ScheduleDefinition['job']) => ({ id, definition: { ...rest, enabled, job: made, overlap, missed, windowMs } }))(
    decodeJob(job),
  )
}

/** The definition with what the patch names; what it leaves out stays. */
export const decodeSchedulePatch = (patch: unknown, known: ScheduleDefinition): Decoded<ScheduleDefinition> => {
  const decoded = decodeWith(SchedulePatch, patch)
  if (E.isLeft(decoded)) return decoded
  const { job, ...rest } = decoded.right
  const stated = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  return E.map((made: ScheduleDefinition['job']): ScheduleDefinition => ({ ...known, ...stated, job: made }))(
    job === undefined ? E.right(known.job) : decodeJob(job),
  )
}

/** Whether it waits is the schedule's own business, so a job has no `onBusy` here. */
const decodeJob = (job: { readonly [field: string]: unknown }): Decoded<ScheduleDefinition['job']> => {
  if ('onBusy' in job) return E.left([{ path: 'job.onBusy', message: `expected no such field, got ${JSON.stringify(job['onBusy'])}` }])
  const decoded = decodeJobBody(job)
  if (E.isLeft(decoded)) return E.left(decoded.left.map(({ path, message }) => ({ path: `job.${path}`, message })))
  const { work, repositoryId } = decoded.right
  return E.right({ work, repositoryId })
}
