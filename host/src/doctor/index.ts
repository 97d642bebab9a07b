/** Is everything there that the ledger needs, and is it well? */
import { lookAtLog } from 'borgledger'
import type { HostSettings } from '../settings/settings.js'
import type { Finding } from './finding.js'
import { clockFinding, logFinding, ownerFinding } from './ledger.js'
import { placeFindings } from './place.js'
import { askedIn, borgFinding, nodeFinding, sshFinding, toolFindings } from './programs.js'
import { secretKeyFinding } from './secret-key.js'

export type { Finding } from './finding.js'

/** In the order in which a person puts things right. Nothing is changed, and nothing is owned. */
export const findings = async ({ dataDir, secretKeyFile }: HostSettings, env: NodeJS.ProcessEnv): Promise<ReadonlyArray<Finding>> => {
  const asked = askedIn(env)
  const log = await lookAtLog(dataDir)
  return [
    nodeFinding(process.version),
    await borgFinding(asked),
    ...(await toolFindings(asked)),
    await sshFinding(asked),
    ...(await placeFindings(dataDir)),
    clockFinding(Date.now(), log),
    logFinding(log),
    await ownerFinding(dataDir),
    await secretKeyFinding(secretKeyFile),
  ]
}
