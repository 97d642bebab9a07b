/** Scripts around backups: added, listed, changed, removed. They run with the rights of the host, so all of it is for admins. */
import type { Borgledger, ScriptBody, ScriptPatch } from 'borgledger'
import { answer, answerNothing, pathPart } from '../answer.js'
import { readBody } from '../body.js'
import { callerOf, keyedCallerOf } from '../caller.js'
import { pageById } from '../page-by-id.js'
import { problem } from '../problem.js'
import { Limit, readQuery, SomeText } from '../query.js'
import type { AppContext, Route } from '../route.js'

const paging = { limit: Limit, cursor: SomeText }

export const scriptRoutes = (ledger: Borgledger): ReadonlyArray<Route> => [
  { method: 'GET', path: '/scripts', role: 'admin', query: paging, handle: (c) => list(c, ledger) },
  { method: 'POST', path: '/scripts', role: 'admin', handle: (c) => add(c, ledger) },
  { method: 'GET', path: '/scripts/:id', role: 'admin', handle: async (c) => answer(c, await ledger.script(pathPart(c, 'id'))) },
  { method: 'PATCH', path: '/scripts/:id', role: 'admin', handle: (c) => change(c, ledger) },
  { method: 'DELETE', path: '/scripts/:id', role: 'admin', handle: (c) => remove(c, ledger) },
]

const list = async (c: AppContext, ledger: Borgledger): Promise<Response> => {
  const query = readQuery(c, paging)
  return query.ok ? answer(c, pageById(await ledger.scripts(), query.value)) : problem(c, query.error)
}

const add = async (c: AppContext, ledger: Borgledger): Promise<Response> => {
  const caller = keyedCallerOf(c)
  if (!caller.ok) return problem(c, caller.error)
  const body = await readBody(c)
  if (!body.ok) return problem(c, body.error)
  const added = await ledger.addScript(body.value as ScriptBody, caller.value)
  if (added.ok) c.header('Location', `/api/v1/scripts/${added.value.id}`)
  return answer(c, added, 201)
}

const change = async (c: AppContext, ledger: Borgledger): Promise<Response> => {
  const body = await readBody(c)
  if (!body.ok) return problem(c, body.error)
  return answer(c, await ledger.changeScript(pathPart(c, 'id'), body.value as ScriptPatch, callerOf(c)))
}

const remove = async (c: AppContext, ledger: Borgledger): Promise<Response> =>
  answerNothing(c, await ledger.removeScript(pathPart(c, 'id'), callerOf(c)))
