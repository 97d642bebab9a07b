/** `/healthz` and `/readyz`: 200, or 503 with the parts that are not well. The program listens only once start-up cleanup is done. */
import type { Borgledger } from 'borgledger'
import type { Context } from 'hono'

export const health =
  (ledger: Borgledger) =>
  (c: Context): Response => {
    const { ok, problems } = ledger.health()
    return c.json({ ok, problems }, ok ? 200 : 503)
  }
