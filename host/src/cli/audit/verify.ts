/** `borgledger audit verify`. A log that cannot be opened any more is looked at as it lies there. */
import { StartError, type Verification, verifyReadOnly } from 'borgledger'
import { granted, type SharedOptions, settingsOf, withLedger } from '../command.js'
import { exitStatus } from '../exit-status.js'
import type { Terminal } from '../terminal.js'
import { progressLine } from './progress-line.js'

export const verify = async (terminal: Terminal, options: SharedOptions): Promise<number> => {
  try {
    return await withLedger(terminal, options, async ({ ledger, show, json, interactive, write }) => {
      const line = interactive && !json ? progressLine(write) : null
      const verdict = granted(await ledger.verify(line?.show).finally(line?.clear))
      show(verdict, () => sayVerdict(verdict))
      return statusOf(verdict)
    })
  } catch (cause) {
    const verdict = cause instanceof StartError ? await verifyReadOnly(settingsOf(terminal, options).dataDir) : null
    // Whatever keeps the ledger from opening, it is not this log: the reason stands.
    if (verdict === null || verdict.ok) throw cause
    for (const line of options.json === true ? [JSON.stringify(verdict)] : sayVerdict(verdict)) terminal.print(line)
    return statusOf(verdict)
  }
}

const statusOf = ({ ok }: Verification): number => (ok ? exitStatus.success : exitStatus.failed)

const sayVerdict = ({ ok, position, events, commits, divergence, changedRules }: Verification): ReadonlyArray<string> => {
  const changed = changedRules === undefined ? [] : [sayChanged(changedRules)]
  if (ok) return [`verified: ${events} events in ${commits} commits, up to position ${position}`, ...changed]
  const where = divergence?.position == null ? 'after' : `at position ${divergence.position}, after`
  const whole = `not verified: ${divergence?.what ?? 'the log does not hold'} (${where} ${events} events that hold)`
  return [whole, ...sayDecision(divergence), ...changed]
}

const sayDecision = (divergence: Verification['divergence']): ReadonlyArray<string> => {
  const { decision } = divergence ?? {}
  if (decision === undefined) return []
  const chain = decision.chainHolds ? 'the hash chain holds: the hashes were made anew behind it' : 'the hash chain breaks further on'
  return [`  stored:  ${decision.stored ?? 'nothing'}`, `  decided: ${decision.decided ?? 'nothing'}`, `  ${chain}`]
}

const sayChanged = ({ decisions, first }: NonNullable<Verification['changedRules']>): string =>
  `${decisions} decisions were made by other rules and would be made otherwise today; the first: ${first.what}, at position ${first.position}`
