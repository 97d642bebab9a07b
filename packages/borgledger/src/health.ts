/** Which parts of a ledger are well. */
import type { Engine } from '@borgledger/engine'

export interface Health {
  readonly ok: boolean
  /** A sentence for each part that is not well. */
  readonly problems: ReadonlyArray<string>
}

export const healthOf = (engine: Engine): Health => {
  const problems: string[] = []
  const { parked } = engine.projector.state()
  if (parked !== null) problems.push(`read models: parked at position ${parked.position}: ${parked.message}`)
  if (engine.reportsWaiting() > 0 && !engine.state().owner.dispatching) problems.push('log: reports of runs wait to be recorded')
  if (!engine.state().owner.dispatching) problems.push('dispatch: closed, no job is started')
  const [left] = engine.logsLeft()
  if (left !== undefined) problems.push(sayLogsLeft(engine.logsLeft().size, left))
  return { ok: problems.length === 0, problems }
}

const sayLogsLeft = (count: number, [jobId, why]: readonly [string, string]): string =>
  `job logs: ${count} could not be removed and ${count === 1 ? 'is' : 'are'} tried again in an hour, the one of ${jobId}: ${why}`
