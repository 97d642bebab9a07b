/** The verdict over the log of events. */
import type { Borgledger } from 'borgledger'
import type { Route } from '../route.js'

export const auditRoutes = (ledger: Borgledger): ReadonlyArray<Route> => [
  { method: 'POST', path: '/audit/verify', role: 'viewer', handle: async (c) => c.json(await ledger.verify()) },
]
