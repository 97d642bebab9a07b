/** The settings that can be changed while the ledger runs. */
import type { Borgledger, Settings } from 'borgledger'
import { answer } from '../answer.js'
import { readBody } from '../body.js'
import { callerOf } from '../caller.js'
import { problem } from '../problem.js'
import { moment, readQuery } from '../query.js'
import type { AppContext, Route } from '../route.js'

export const settingsRoutes = (ledger: Borgledger): ReadonlyArray<Route> => [
  { method: 'GET', path: '/settings', role: 'viewer', query: moment, handle: (c) => show(c, ledger) },
  { method: 'PATCH', path: '/settings', role: 'admin', handle: (c) => change(c, ledger) },
]

const show = async (c: AppContext, ledger: Borgledger): Promise<Response> => {
  const query = readQuery(c, moment)
  if (!query.ok) return problem(c, query.error)
  const { at } = query.value
  return at === undefined ? c.json(ledger.settings()) : answer(c, await ledger.at(at).settings())
}

const change = async (c: AppContext, ledger: Borgledger): Promise<Response> => {
  const body = await readBody(c)
  if (!body.ok) return problem(c, body.error)
  return answer(c, await ledger.changeSettings(body.value as Partial<Settings>, callerOf(c)))
}
