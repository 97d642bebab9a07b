/** The settings that can be changed while the ledger runs. */
import type { Borgledger, Settings } from 'borgledger'
import { answer } from '../answer.js'
import { readBody } from '../body.js'
import { callerOf } from '../caller.js'
import { problem } from '../problem.js'
import type { AppContext, Route } from '../route.js'

export const settingsRoutes = (ledger: Borgledger): ReadonlyArray<Route> => [
  { method: 'GET', path: '/settings', role: 'viewer', handle: (c) => c.json(ledger.settings()) },
  { method: 'PATCH', path: '/settings', role: 'admin', handle: (c) => change(c, ledger) },
]

const change = async (c: AppContext, ledger: Borgledger): Promise<Response> => {
  const body = await readBody(c)
  if (!body.ok) return problem(c, body.error)
  return answer(c, await ledger.changeSettings(body.value as Partial<Settings>, callerOf(c)))
}
