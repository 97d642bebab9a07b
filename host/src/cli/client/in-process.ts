/** To a ledger in this process, which owns the data directory as long as the command runs. It runs jobs only for a command that asks for one. */
import { createBorgledger } from 'borgledger'
import { pino } from 'pino'
import { freshToken } from '../../access/admin-token.js'
import { authenticator } from '../../access/authenticator.js'
import { createApp } from '../../http/app.js'
import { openStreams } from '../../http/open-streams.js'
import { hostVersion } from '../../serve/version.js'
import type { HostSettings } from '../../settings/settings.js'
import { type Transport, withToken } from './transport.js'

const standardError = 2

/** Rejects with `StartError`. What goes wrong comes back as an answer; only what nobody foresaw is also logged. */
export const inProcess = async ({ dataDir, secretKeyFile }: HostSettings, runsJobs: boolean): Promise<Transport> => {
  const software = `borgledger ${hostVersion} command line`
  const ledger = await createBorgledger({ dataDir, software, runsJobs, ...(secretKeyFile === null ? {} : { secretKeyFile }) })
  const log = pino({ level: 'error' }, pino.destination(standardError))
  const token = freshToken()
  const streams = openStreams(log)
  const app = createApp({ ledger, authenticate: authenticator([{ token, actor: 'user:cli', role: 'admin' }], () => null), streams, log })
  return {
    send: async (path, init) => app.request(`/api/v1${path}`, withToken(init, token)),
    close: async () => {
      await ledger.close()
      streams.endAll()
    },
  }
}
