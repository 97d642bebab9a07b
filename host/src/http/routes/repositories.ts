/** Repositories: registered, listed, changed, removed; their archives and their lock. */
import type { Borgledger, RepositoryBody, RepositoryPatch } from 'borgledger'
import { answer, answerNothing, pathPart } from '../answer.js'
import { readBody } from '../body.js'
import { callerOf, keyedCallerOf } from '../caller.js'
import { pageById } from '../page-by-id.js'
import { problem } from '../problem.js'
import { Limit, MomentText, readQuery, SomeText, YesOrNo } from '../query.js'
import type { AppContext, Route } from '../route.js'

const paging = { limit: Limit, cursor: SomeText }
const moment = { at: MomentText }
const listing = { ...paging, ...moment }
const refreshing = { refresh: YesOrNo }

export const repositoryRoutes = (ledger: Borgledger): ReadonlyArray<Route> => [
  { method: 'GET', path: '/repositories', role: 'viewer', query: listing, handle: (c) => list(c, ledger) },
  { method: 'POST', path: '/repositories', role: 'admin', handle: (c) => add(c, ledger) },
  { method: 'GET', path: '/repositories/:id', role: 'viewer', query: moment, handle: (c) => show(c, ledger) },
  { method: 'PATCH', path: '/repositories/:id', role: 'admin', handle: (c) => change(c, ledger) },
  { method: 'DELETE', path: '/repositories/:id', role: 'admin', handle: (c) => remove(c, ledger) },
  { method: 'GET', path: '/repositories/:id/archives', role: 'viewer', query: refreshing, handle: (c) => archives(c, ledger) },
  { method: 'POST', path: '/repositories/:id/break-lock', role: 'admin', handle: (c) => breakLock(c, ledger) },
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

const add = async (c: AppContext, ledger: Borgledger): Promise<Response> => {
  const caller = keyedCallerOf(c)
  if (!caller.ok) return problem(c, caller.error)
  const body = await readBody(c)
  if (!body.ok) return problem(c, body.error)
  const added = await ledger.addRepository(body.value as RepositoryBody, caller.value)
  if (added.ok) c.header('Location', `/api/v1/repositories/${added.value.id}`)
  return answer(c, added, 201)
}

const change = async (c: AppContext, ledger: Borgledger): Promise<Response> => {
  const body = await readBody(c)
  if (!body.ok) return problem(c, body.error)
  return answer(c, await ledger.changeRepository(pathPart(c, 'id'), body.value as RepositoryPatch, callerOf(c)))
}

const remove = async (c: AppContext, ledger: Borgledger): Promise<Response> =>
  answerNothing(c, await ledger.removeRepository(pathPart(c, 'id'), callerOf(c)))

const archives = async (c: AppContext, ledger: Borgledger): Promise<Response> => {
  const query = readQuery(c, refreshing)
  if (!query.ok) return problem(c, query.error)
  const id = pathPart(c, 'id')
  return answer(c, query.value.refresh === true ? await ledger.refreshArchives(id, callerOf(c)) : await ledger.archives(id))
}

const breakLock = async (c: AppContext, ledger: Borgledger): Promise<Response> => {
  const body = await readBody(c)
  if (!body.ok) return problem(c, body.error)
  return answer(c, await ledger.breakLock(pathPart(c, 'id'), body.value as { readonly reason: string }, callerOf(c)))
}
