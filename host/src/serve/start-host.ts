/** Puts the program together: a ledger over the data directory, its HTTP door, and where it can be reached. */
import { type Borgledger, createBorgledger } from 'borgledger'
import type { Logger } from 'pino'
import { freshToken, keptAdminToken } from '../access/admin-token.js'
import { authenticator, type Credential } from '../access/authenticator.js'
import { createApp } from '../http/app.js'
import { openStreams } from '../http/open-streams.js'
import type { HostSettings } from '../settings/settings.js'
import { type Listening, listen } from './listening.js'
import { hostVersion } from './version.js'

export interface Host {
  readonly url: string
  /** Lets the clients go, then closes the ledger, which waits for running jobs as its settings say. */
  readonly close: () => Promise<void>
}

/** Time for requests under way to be answered. */
const graceMs = 2_000

/** Rejects with what kept it from starting; nothing is left open then. */
export const startHost = async (settings: HostSettings, log: Logger): Promise<Host> => {
  const { dataDir, secretKeyFile } = settings
  const software = `borgledger ${hostVersion}`
  const ledger = await createBorgledger({ dataDir, software, log, ...(secretKeyFile === null ? {} : { secretKeyFile }) })
  try {
    const listening = await openDoor(ledger, settings, log)
    const close = async (): Promise<void> => {
      await listening.close(graceMs)
      await ledger.close()
    }
    return { url: listening.url, close }
  } catch (cause) {
    await ledger.close({ drainMs: 0 })
    throw cause
  }
}

/** The owner key is made anew at each start: whoever may read the data directory speaks to its owner with it. */
const openDoor = async (ledger: Borgledger, { dataDir, listen: address, adminToken }: HostSettings, log: Logger): Promise<Listening> => {
  const ownerKey = freshToken()
  const credentials: ReadonlyArray<Credential> = [
    { token: adminToken ?? (await keptAdminToken(dataDir)), actor: 'user:admin', role: 'admin' },
    { token: ownerKey, actor: 'user:cli', role: 'admin' },
  ]
  const authenticate = authenticator(credentials, ledger.tokenBySecret)
  const streams = openStreams(log)
  const listening = await listen(address, createApp({ ledger, authenticate, streams, log }), streams)
  await ledger.announce({ url: listening.url, key: ownerKey })
  return listening
}
