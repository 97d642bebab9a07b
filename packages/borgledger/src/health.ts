/** Which parts of a ledger are well. */
import type { Engine, ProjectionFailed, RunnerTrouble } from '@borgledger/engine'
import type { EventStore, Reserve } from '@borgledger/eventstore'

export interface Health {
  readonly ok: boolean
  /** A sentence for each part that is not well. */
  readonly problems: ReadonlyArray<string>
}

export const healthOf = (engine: Engine, store: Pick<EventStore, 'reserve'>): Health => {
  const problems: string[] = []
  const { parked } = engine.projector.state()
  if (parked !== null) problems.push(sayParked(parked))
  const reserve = sayReserve(store.reserve())
  if (reserve !== null) problems.push(reserve)
  if (engine.reportsWaiting() > 0 && !engine.state().owner.dispatching) problems.push('log: reports of runs wait to be recorded')
  if (!engine.state().owner.dispatching) problems.push('dispatch: closed, no job is started')
  const trouble = engine.runnerTrouble()
  if (trouble !== null) problems.push(sayRunnerTrouble(trouble))
  const [left] = engine.logsLeft()
  if (left !== undefined) problems.push(sayLogsLeft(engine.logsLeft().size, left))
  return { ok: problems.length === 0, problems }
}

const sayParked = ({ position, message, passing }: ProjectionFailed): string =>
  passing
    ? `read models: behind the log, and tried again all the time: ${message}`
    : `read models: parked at position ${position}: ${message}`

const sayReserve = (reserve: Reserve): string | null => {
  switch (reserve.tag) {
    case 'None':
    case 'Whole':
      return null
    case 'InUse':
      return `log: the disk is full, and its reserve is in use (${sayMib(reserve.left)} of ${sayMib(reserve.bytes)} are left): only what ends is recorded`
    case 'Missing':
      return `log: its reserve of ${sayMib(reserve.bytes)} is missing: ${reserve.reason}`
  }
}

const sayMib = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MiB`

const sayRunnerTrouble = ({ failures, since, message }: RunnerTrouble): string =>
  `runner: the worker that watches over runs could not be started, ${failures} times since ${since}: ${message}`

const sayLogsLeft = (count: number, [jobId, why]: readonly [string, string]): string =>
  `job logs: ${count} could not be removed and ${count === 1 ? 'is' : 'are'} tried again in an hour, the one of ${jobId}: ${why}`
