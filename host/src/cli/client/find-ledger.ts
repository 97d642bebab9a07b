/** Finds the ledger that is meant: one elsewhere, the one whose owner serves, or the one in the data directory, owned from now on. */
import { layoutOf, ownerOf } from 'borgledger'
import type { HostSettings } from '../../settings/settings.js'
import { CommandFailed } from '../terminal.js'
import { inProcess } from './in-process.js'
import { overSocket } from './over-socket.js'
import type { Transport } from './transport.js'

/** `runsJobs`: whether a ledger that is owned from now on also runs what waits in it. */
export const findLedger = async (settings: HostSettings, { runsJobs }: { readonly runsJobs: boolean }): Promise<Transport> => {
  if (settings.remote !== null) return overSocket(settings.remote)
  const owner = await ownerOf(layoutOf(settings.dataDir))
  if (owner === null) return inProcess(settings, runsJobs)
  const { url, key, pid, host } = owner
  if (url !== undefined && key !== undefined) return overSocket({ url, token: key })
  throw new CommandFailed(`${settings.dataDir} is owned by process ${pid} on ${host}, which serves no HTTP API`)
}
