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
  return { ok: problems.length === 0, problems }
}
