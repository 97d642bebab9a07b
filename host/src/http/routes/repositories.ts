/** Repositories: registered, listed, changed, removed; their archives and their lock. */
import type { Borgledger } from 'borgledger'
import { answer, pathPart } from '../answer.js'
import { callerOf } from '../caller.js'
import { add, change, remove } from '../collection.js'
import { pageById } from '../page-by-id.js'
import { problem } from '../problem.js'
import { moment, paging, readQuery, YesOrNo } from '../query.js'
import type { AppContext, Route } from '../route.js'

const listing = { ...paging, ...moment }
const refreshing = { refresh: YesOrNo }

export const repositoryRoutes = (ledger: Borgledger): ReadonlyArray<Route> => [
  { method: 'GET', path: '/repositories', role: 'viewer', query: listing, handle: (c) => list(c, ledger) },
  { method: 'POST', path: '/repositories', role: 'admin', handle: (c) => add(c, ledger.addRepository) },
  { method: 'GET', path: '/repositories/:id', role: 'viewer', query: moment, handle: (c) => show(c, ledger) },
  { method: 'PATCH', path: '/repositories/:id', role: 'admin', handle: (c) => change(c, ledger.changeRepository) },
  { method: 'DELETE', path: '/repositories/:id', role: 'admin', handle: (c) => remove(c, ledger.removeRepository) },
  { method: 'GET', path: '/repositories/:id/archives', role: 'viewer', query: refreshing, handle: (c) => archives(c, ledger) },
  { method: 'POST', path: '/repositories/:id/break-lock', role: 'admin', handle: (c) => change(c, ledger.breakLock) },
]

const list = async (c: AppContext, ledger: Borgledger): Promise<Response> => {
  const query = readQuery(c, listing)
  if (!query.ok) return problem(c, query.error)
  const { at } = query.value
  const all = at === undefined ? { ok: true as const, value: await ledger.repositories() } : await ledger.at(at).repositories()
  return all.ok ? answer(c, pageById(all.value, query.value)) : problem(c, all.error)
}

const show = async (c: AppContext, ledger: Borgledger): Promise<Response> => {
  const query = readQuery(c, moment)
  if (!query.ok) return problem(c, query.error)
  const [id, { at }] = [pathPart(c, 'id'), query.value]
  return answer(c, await (at === undefined ? ledger.repository(id) : ledger.at(at).repository(id)))
}

const archives = async (c: AppContext, ledger: Borgledger): Promise<Response> => {
  const query = readQuery(c, refreshing)
  if (!query.ok) return problem(c, query.error)
  const id = pathPart(c, 'id')
  return answer(c, query.value.refresh === true ? await ledger.refreshArchives(id, callerOf(c)) : await ledger.archives(id))
}
