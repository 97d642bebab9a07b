/** What Prometheus scrapes: all metrics as they are now. */
import type { Borgledger } from 'borgledger'
import { exposition } from './exposition.js'
import { ledgerFamilies } from './ledger-families.js'
import { processFamilies } from './process-families.js'

export { expositionType } from './exposition.js'

export const metricsText = async (ledger: Borgledger): Promise<string> =>
  exposition([...ledgerFamilies(await ledger.figures()), ...processFamilies()])
