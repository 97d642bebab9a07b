/** The log, and the clock that the log knows: what was recorded cannot lie ahead. */
import { type LogLook, layoutOf, ownerOf } from 'borgledger'
import { bad, type Finding, note, ok } from './finding.js'

/** An older year is one that a machine without a battery begins with. */
const yearLeast = 2026
/** So much two clocks may differ without harm. */
const aheadMsMax = 60_000

export const logFinding = (look: LogLook): Finding => {
  if (look.tag === 'None') return ok('log', 'there is none yet')
  if (look.tag === 'Wrong') return bad('log', `${look.what}: see borgledger audit verify`)
  return ok('log', `it opens, and its newest commits hold; it ends at position ${look.position}`)
}

export const clockFinding = (nowMs: number, look: LogLook): Finding => {
  const now = new Date(nowMs).toISOString()
  if (new Date(nowMs).getUTCFullYear() < yearLeast) return bad('clock', `it says ${now}: set it`)
  const last = look.tag === 'Fine' && look.at !== null ? Date.parse(look.at) : nowMs
  return last > nowMs + aheadMsMax
    ? bad('clock', `it says ${now}, and the log was written at ${new Date(last).toISOString()}: set it`)
    : ok('clock', now)
}

export const ownerFinding = async (dataDir: string): Promise<Finding> => {
  const owner = await ownerOf(layoutOf(dataDir))
  if (owner === null) return note('owner', 'nobody runs the ledger: its jobs and schedules stand still')
  return ok('owner', `process ${owner.pid} on ${owner.host}, since ${owner.startedAt}`)
}
