/**
 * What is sent to ask for a job: `{ type, repositoryId, onBusy?, ...spec }`, decoded by the codec of its type alone, so that what is wrong is
 * said of the field and not of eight alternatives.
 */
import { closed, closedFieldsOf, decodeWith, Id, JobType, OnBusy, type Problem, specOf, Work } from '@borgledger/domain'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'

export interface JobRequest {
  readonly work: Work
  readonly repositoryId: string | null
  readonly onBusy: OnBusy
}

const bodyOf = (type: JobType): t.Mixed => {
  const { required, optional } = closedFieldsOf(specOf[type]) ?? { required: {}, optional: {} }
  const address = type === 'package-install' ? {} : { repositoryId: Id }
  return closed(type, { type: t.literal(type), ...address, ...required }, { onBusy: OnBusy, ...optional })
}

/** What is sent, for whoever describes it; decoding says more of what is wrong. */
export const JobBody = t.union(
  [
    bodyOf('backup'),
    bodyOf('restore'),
    bodyOf('check'),
    bodyOf('compact'),
    bodyOf('prune'),
    bodyOf('archive-delete'),
    bodyOf('restore-check'),
    bodyOf('package-install'),
  ],
  'a job',
)

/** Left: every field that is wrong. */
export const decodeJobBody = (body: unknown): E.Either<ReadonlyArray<Problem>, JobRequest> => {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return E.left([{ path: '', message: 'expected an object' }])
  const { type, repositoryId = null, onBusy = 'queue', ...spec } = body as Readonly<Record<string, unknown>>
  if (!JobType.is(type))
    return E.left([{ path: 'type', message: `expected one of ${Object.keys(JobType.keys).join(', ')}, got ${JSON.stringify(type)}` }])
  const decoded = decodeWith<unknown>(specOf[type], spec)
  const problems = [...addressProblems(type, repositoryId, onBusy), ...(E.isLeft(decoded) ? decoded.left : [])]
  const work = { type, spec: E.isRight(decoded) ? decoded.right : null }
  if (problems.length > 0 || !Work.is(work)) return E.left(problems)
  return E.right({ work, repositoryId: repositoryId as string | null, onBusy: onBusy as OnBusy })
}

const addressProblems = (type: JobType, repositoryId: unknown, onBusy: unknown): ReadonlyArray<Problem> => {
  const problems: Problem[] = []
  const needsNone = type === 'package-install'
  if (needsNone ? repositoryId !== null : !Id.is(repositoryId)) {
    problems.push({ path: 'repositoryId', message: `expected ${needsNone ? 'nothing' : Id.name}, got ${JSON.stringify(repositoryId)}` })
  }
  if (!OnBusy.is(onBusy)) problems.push({ path: 'onBusy', message: `expected queue or refuse, got ${JSON.stringify(onBusy)}` })
  return problems
}
