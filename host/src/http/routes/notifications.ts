/** Notification targets: added, listed, changed, removed, tested; and what became of what they were told. */
import type { Borgledger } from 'borgledger'
import { answer, pathPart } from '../answer.js'
import { keyedCallerOf } from '../caller.js'
import { add, change, list, remove } from '../collection.js'
import { problem } from '../problem.js'
import { limitDefault, paging, readQuery, SomeText } from '../query.js'
import type { AppContext, Route } from '../route.js'

const filters = { ...paging, targetId: SomeText }
const one = '/notification-targets/:id'

export const notificationRoutes = (ledger: Borgledger): ReadonlyArray<Route> => [
  { method: 'GET', path: '/notification-targets', role: 'admin', query: paging, handle: (c) => list(c, ledger.notificationTargets) },
  { method: 'POST', path: '/notification-targets', role: 'admin', handle: (c) => add(c, ledger.addNotificationTarget) },
  { method: 'GET', path: one, role: 'admin', handle: async (c) => answer(c, await ledger.notificationTarget(pathPart(c, 'id'))) },
  { method: 'PATCH', path: one, role: 'admin', handle: (c) => change(c, ledger.changeNotificationTarget) },
  { method: 'DELETE', path: one, role: 'admin', handle: (c) => remove(c, ledger.removeNotificationTarget) },
  { method: 'POST', path: `${one}/test`, role: 'admin', handle: (c) => test(c, ledger) },
  { method: 'GET', path: '/deliveries', role: 'admin', query: filters, handle: (c) => deliveries(c, ledger) },
]

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
