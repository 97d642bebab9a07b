/** `/metrics`, at the root, where whoever watches looks for it. A token of the role `metrics` may ask for this and nothing else. */
import type { Borgledger } from 'borgledger'
import { expositionType, metricsText } from '../../metrics/index.js'
import type { Route } from '../route.js'

export const metricsRoute = (ledger: Borgledger): Route => ({
  method: 'GET',
  path: '/metrics',
  role: 'metrics',
  handle: async (c) => c.body(await metricsText(ledger), 200, { 'Content-Type': expositionType }),
})
