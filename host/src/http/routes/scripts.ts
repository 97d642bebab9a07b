/** Scripts around backups: added, listed, changed, removed. They run with the rights of the host, so all of it is for admins. */
import type { Borgledger } from 'borgledger'
import { answer, pathPart } from '../answer.js'
import { add, change, list, remove } from '../collection.js'
import { paging } from '../query.js'
import type { Route } from '../route.js'

export const scriptRoutes = (ledger: Borgledger): ReadonlyArray<Route> => [
  { method: 'GET', path: '/scripts', role: 'admin', query: paging, handle: (c) => list(c, ledger.scripts) },
  { method: 'POST', path: '/scripts', role: 'admin', handle: (c) => add(c, ledger.addScript) },
  { method: 'GET', path: '/scripts/:id', role: 'admin', handle: async (c) => answer(c, await ledger.script(pathPart(c, 'id'))) },
  { method: 'PATCH', path: '/scripts/:id', role: 'admin', handle: (c) => change(c, ledger.changeScript) },
  { method: 'DELETE', path: '/scripts/:id', role: 'admin', handle: (c) => remove(c, ledger.removeScript) },
]
