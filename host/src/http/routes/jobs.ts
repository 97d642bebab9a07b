/** Jobs: asked for, listed, followed, cancelled, resolved, deleted. */
import { type Borgledger, type JobBody, JobStatus, JobType } from 'borgledger'
import { mayActAs } from '../../access/principal.js'
import { answer, answerNothing, pathPart } from '../answer.js'
import { notPermitted } from '../authorise.js'
import { readBody } from '../body.js'
import { callerOf, keyedCallerOf } from '../caller.js'
import type { OpenStreams } from '../open-streams.js'
import { problem } from '../problem.js'
import { InstantText, limitDefault, moment, paging, readQuery, SomeText } from '../query.js'
import type { AppContext, Route } from '../route.js'
import { sse } from '../sse.js'
import { decodeCancel, decodeResolve } from './end-bodies.js'
import { jobMessages } from './job-messages.js'

const filters = {
  type: JobType,
  state: JobStatus,
  repositoryId: SomeText,
  scheduleId: SomeText,
  from: InstantText,
  to: InstantText,
  ...paging,
  ...moment,
}

export const jobRoutes = (ledger: Borgledger, streams: OpenStreams): ReadonlyArray<Route> => [
  { method: 'POST', path: '/jobs', role: 'operator', handle: (c) => start(c, ledger) },
  { method: 'GET', path: '/jobs', role: 'viewer', query: filters, handle: (c) => list(c, ledger) },
  { method: 'GET', path: '/jobs/:id', role: 'viewer', query: moment, handle: (c) => show(c, ledger) },
  { method: 'DELETE', path: '/jobs/:id', role: 'admin', handle: (c) => remove(c, ledger) },
  { method: 'POST', path: '/jobs/:id/cancel', role: 'operator', handle: (c) => cancel(c, ledger) },
  { method: 'POST', path: '/jobs/:id/resolve', role: 'admin', handle: (c) => resolve(c, ledger) },
  { method: 'GET', path: '/jobs/:id/stream', role: 'viewer', handle: (c) => stream(c, ledger, streams) },
  { method: 'GET', path: '/jobs/:id/events', role: 'viewer', handle: (c) => events(c, ledger) },
]

const start = async (c: AppContext, ledger: Borgledger): Promise<Response> => {
  const caller = keyedCallerOf(c)
  if (!caller.ok) return problem(c, caller.error)
  const body = await readBody(c)
  if (!body.ok) return problem(c, body.error)
  if (isForAdmins(body.value) && !mayActAs(c.var.principal, 'admin')) return notPermitted(c, 'admin')
  const started = await ledger.start(body.value as JobBody, caller.value)
  if (!started.ok) return problem(c, started.error)
  c.header('Location', `/api/v1/jobs/${started.value.id}`)
  return answer(c, await started.value.record(), 202)
}

/** A package is installed into the whole machine. */
const isForAdmins = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && 'type' in body && body.type === 'package-install'

const list = async (c: AppContext, ledger: Borgledger): Promise<Response> => {
  const query = readQuery(c, filters)
  if (!query.ok) return problem(c, query.error)
  const { at, ...asked } = query.value
  return answer(c, await (at === undefined ? ledger : ledger.at(at)).jobs({ limit: limitDefault, ...asked }))
}

const show = async (c: AppContext, ledger: Borgledger): Promise<Response> => {
  const query = readQuery(c, moment)
  if (!query.ok) return problem(c, query.error)
  const [id, { at }] = [pathPart(c, 'id'), query.value]
  return answer(c, await (at === undefined ? ledger.job(id).record() : ledger.at(at).job(id)))
}

const remove = async (c: AppContext, ledger: Borgledger): Promise<Response> =>
  answerNothing(c, await ledger.job(pathPart(c, 'id')).deleteEntry(callerOf(c)))

const cancel = async (c: AppContext, ledger: Borgledger): Promise<Response> => {
  const body = await readBody(c)
  const asked = body.ok ? decodeCancel(body.value) : body
  if (!asked.ok) return problem(c, asked.error)
  if (asked.value.force && !mayActAs(c.var.principal, 'admin')) return notPermitted(c, 'admin')
  return answer(c, await ledger.job(pathPart(c, 'id')).cancel({ ...callerOf(c), ...asked.value }), 202)
}

const resolve = async (c: AppContext, ledger: Borgledger): Promise<Response> => {
  const body = await readBody(c)
  const asked = body.ok ? decodeResolve(body.value) : body
  if (!asked.ok) return problem(c, asked.error)
  return answer(c, await ledger.job(pathPart(c, 'id')).resolve({ ...callerOf(c), ...asked.value }))
}

const stream = async (c: AppContext, ledger: Borgledger, streams: OpenStreams): Promise<Response> => {
  const job = ledger.job(pathPart(c, 'id'))
  const known = await job.record()
  return known.ok ? sse(c, streams, (signal) => jobMessages(job, signal)) : problem(c, known.error)
}

/** Of a deleted entry too: history keeps that there was one. */
const events = async (c: AppContext, ledger: Borgledger): Promise<Response> => {
  const id = pathPart(c, 'id')
  const known = await ledger.job(id).record()
  if (!known.ok && known.error.code === 'job-not-found') return problem(c, known.error)
  return c.json({ items: await ledger.events({ tags: [`job:${id}`], limit: Number.MAX_SAFE_INTEGER }) })
}
