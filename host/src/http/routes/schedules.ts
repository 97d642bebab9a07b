/** Schedules: added, listed, changed, removed, run by hand, looked ahead, and what became of their due instants. */
import type { Borgledger } from 'borgledger'
import { mayActAs } from '../../access/principal.js'
import { answer, pathPart } from '../answer.js'
import { notPermitted } from '../authorise.js'
import { keyedCallerOf } from '../caller.js'
import { add, change, remove } from '../collection.js'
import { pageById } from '../page-by-id.js'
import { problem } from '../problem.js'
import { limitDefault, moment, paging, readQuery, wholeNumber } from '../query.js'
import type { AppContext, Route } from '../route.js'

const listing = { ...paging, ...moment }
const ahead = { count: wholeNumber(1, 1_000) }
const countDefault = 10

export const scheduleRoutes = (ledger: Borgledger): ReadonlyArray<Route> => [
  { method: 'GET', path: '/schedules', role: 'viewer', query: listing, handle: (c) => list(c, ledger) },
  { method: 'POST', path: '/schedules', role: 'admin', handle: (c) => add(c, ledger.addSchedule) },
  { method: 'GET', path: '/schedules/:id', role: 'viewer', query: moment, handle: (c) => show(c, ledger) },
  { method: 'PATCH', path: '/schedules/:id', role: 'admin', handle: (c) => change(c, ledger.changeSchedule) },
  { method: 'DELETE', path: '/schedules/:id', role: 'admin', handle: (c) => remove(c, ledger.removeSchedule) },
  { method: 'POST', path: '/schedules/:id/run', role: 'operator', handle: (c) => run(c, ledger) },
  { method: 'GET', path: '/schedules/:id/preview', role: 'viewer', query: ahead, handle: (c) => preview(c, ledger) },
  { method: 'GET', path: '/schedules/:id/ticks', role: 'viewer', query: paging, handle: (c) => ticks(c, ledger) },
]

const list = async (c: AppContext, ledger: Borgledger): Promise<Response> => {
  const query = readQuery(c, listing)
  if (!query.ok) return problem(c, query.error)
  const { at } = query.value
  const all = at === undefined ? { ok: true as const, value: await ledger.schedules() } : await ledger.at(at).schedules()
  return all.ok ? answer(c, pageById(all.value, query.value)) : problem(c, all.error)
}

const show = async (c: AppContext, ledger: Borgledger): Promise<Response> => {
  const query = readQuery(c, moment)
  if (!query.ok) return problem(c, query.error)
  const [id, { at }] = [pathPart(c, 'id'), query.value]
  return answer(c, await (at === undefined ? ledger.schedule(id) : ledger.at(at).schedule(id)))
}

/** A schedule that installs a package is run by an admin alone, as any such job is. */
const run = async (c: AppContext, ledger: Borgledger): Promise<Response> => {
  const caller = keyedCallerOf(c)
  if (!caller.ok) return problem(c, caller.error)
  const schedule = await ledger.schedule(pathPart(c, 'id'))
  if (!schedule.ok) return problem(c, schedule.error)
  if (schedule.value.job.type === 'package-install' && !mayActAs(c.var.principal, 'admin')) return notPermitted(c, 'admin')
  const started = await ledger.runSchedule(schedule.value.id, caller.value)
  if (!started.ok) return problem(c, started.error)
  c.header('Location', `/api/v1/jobs/${started.value.id}`)
  return answer(c, await started.value.record(), 202)
}

const preview = async (c: AppContext, ledger: Borgledger): Promise<Response> => {
  const query = readQuery(c, ahead)
  if (!query.ok) return problem(c, query.error)
  const next = await ledger.preview(pathPart(c, 'id'), query.value.count ?? countDefault)
  return next.ok ? c.json({ items: next.value }) : problem(c, next.error)
}

const ticks = async (c: AppContext, ledger: Borgledger): Promise<Response> => {
  const query = readQuery(c, paging)
  return query.ok ? answer(c, await ledger.ticks(pathPart(c, 'id'), { limit: limitDefault, ...query.value })) : problem(c, query.error)
}
