/** Notification targets: added, listed, changed, removed, tested; and what became of what they were told. */
import type { Borgledger, TargetBody, TargetPatch } from 'borgledger'
import { answer, answerNothing, pathPart } from '../answer.js'
import { readBody } from '../body.js'
import { callerOf, keyedCallerOf } from '../caller.js'
import { pageById } from '../page-by-id.js'
import { problem } from '../problem.js'
import { Limit, limitDefault, readQuery, SomeText } from '../query.js'
import type { AppContext, Route } from '../route.js'

const paging = { limit: Limit, cursor: SomeText }
const filters = { ...paging, targetId: SomeText }
const one = '/notification-targets/:id'

export const notificationRoutes = (ledger: Borgledger): ReadonlyArray<Route> => [
  { method: 'GET', path: '/notification-targets', role: 'admin', query: paging, handle: (c) => list(c, ledger) },
  { method: 'POST', path: '/notification-targets', role: 'admin', handle: (c) => add(c, ledger) },
  { method: 'GET', path: one, role: 'admin', handle: async (c) => answer(c, await ledger.notificationTarget(pathPart(c, 'id'))) },
  { method: 'PATCH', path: one, role: 'admin', handle: (c) => change(c, ledger) },
  { method: 'DELETE', path: one, role: 'admin', handle: (c) => remove(c, ledger) },
  { method: 'POST', path: `${one}/test`, role: 'admin', handle: (c) => test(c, ledger) },
  { method: 'GET', path: '/deliveries', role: 'admin', query: filters, handle: (c) => deliveries(c, ledger) },
]

const list = async (c: AppContext, ledger: Borgledger): Promise<Response> => {
  const query = readQuery(c, paging)
  return query.ok ? answer(c, pageById(await ledger.notificationTargets(), query.value)) : problem(c, query.error)
}

const add = async (c: AppContext, ledger: Borgledger): Promise<Response> => {
  const caller = keyedCallerOf(c)
  if (!caller.ok) return problem(c, caller.error)
  const body = await readBody(c)
  if (!body.ok) return problem(c, body.error)
  const added = await ledger.addNotificationTarget(body.value as TargetBody, caller.value)
  if (added.ok) c.header('Location', `/api/v1/notification-targets/${added.value.id}`)
  return answer(c, added, 201)
}

const change = async (c: AppContext, ledger: Borgledger): Promise<Response> => {
  const body = await readBody(c)
  if (!body.ok) return problem(c, body.error)
  return answer(c, await ledger.changeNotificationTarget(pathPart(c, 'id'), body.value as TargetPatch, callerOf(c)))
}

const remove = async (c: AppContext, ledger: Borgledger): Promise<Response> =>
  answerNothing(c, await ledger.removeNotificationTarget(pathPart(c, 'id'), callerOf(c)))

/** Answers with the delivery, which is queued; how it went is seen among the deliveries. */
const test = async (c: AppContext, ledger: Borgledger): Promise<Response> => {
  const caller = keyedCallerOf(c)
  if (!caller.ok) return problem(c, caller.error)
  return answer(c, await ledger.testNotificationTarget(pathPart(c, 'id'), caller.value), 201)
}

const deliveries = async (c: AppContext, ledger: Borgledger): Promise<Response> => {
  const query = readQuery(c, filters)
  return query.ok ? answer(c, await ledger.deliveries({ limit: limitDefault, ...query.value })) : problem(c, query.error)
}
