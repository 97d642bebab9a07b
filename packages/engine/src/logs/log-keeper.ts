/**
 * Keeps the job logs as the settings say: removes at once what a decision gave up, and once an hour what has become too old or too much.
 *
 * Level-triggered: what is to be removed stands in the state, so an owner that died half-way, or a disk that refused, loses nothing.
 */
import type { Projector } from '../project/projector.js'
import type { Submitter } from '../submit/submitter.js'
import { type Overdue, overdueLogs } from './overdue.js'
import { type LogsLeft, type Removing, removeDue } from './remove-due.js'

const housekeepingMs = 3_600_000

export interface LogKeeperDeps extends Removing, Overdue, Pick<Submitter, 'committed$'> {
  readonly projector: Pick<Projector, 'reached'>
  /** Hears of a log that could not be removed (null: of housekeeping that failed); it is tried again in an hour. */
  readonly onLogLeft: (jobId: string | null, message: string) => void
}

export interface LogKeeper {
  /** Begins with housekeeping: every hour, and now unless the settings say otherwise. What was decided before is removed now. */
  readonly start: () => void
  /** By job, why its log could not be removed. */
  readonly left: () => ReadonlyMap<string, string>
  /** Resolves once nothing is under way any more. */
  readonly close: () => Promise<void>
}

export const createLogKeeper = (deps: LogKeeperDeps): LogKeeper => {
  const left: LogsLeft = new Map()
  const lane = workLane((cause) => deps.onLogLeft(null, String(cause)))
  const cleanUp = () => lane.add(() => removeDue(deps, left))
  const keepHouse = () => lane.add(() => housekeeping(deps, left, lane.isClosed))
  const hearing = deps.committed$.subscribe(({ event }) => event.type === 'LogRemovalDecided' && cleanUp())
  let timer = { cancel: (): void => undefined }
  const inAnHour = (): void => {
    timer = deps.clock.after(housekeepingMs, () => {
      keepHouse()
      inAnHour()
    })
  }
  return {
    start: () => {
      if (deps.state().settings.logCleanupOnStart) keepHouse()
      else cleanUp()
      inAnHour()
    },
    left: () => left,
    close: () => {
      timer.cancel()
      hearing.unsubscribe()
      return lane.close()
    },
  }
}

/** Each removal is recorded before the next is decided, so that what is due stays little. What could not be removed is tried again. */
const housekeeping = async (deps: LogKeeperDeps, left: LogsLeft, isClosed: () => boolean): Promise<void> => {
  left.clear()
  await removeDue(deps, left)
  await deps.projector.reached(deps.state().position)
  for await (const { jobId, reason } of overdueLogs(deps)) {
    if (isClosed()) return
    await deps.submit({ command: { type: 'RemoveLog', jobId, reason }, actor: 'system:logs' })()
    await removeDue(deps, left)
  }
}

/** One piece of work after the other; closed, it takes no more. */
const workLane = (onFailure: (cause: unknown) => void) => {
  let working: Promise<void> = Promise.resolve()
  let closed = false
  return {
    isClosed: () => closed,
    add: (work: () => Promise<void>): void => {
      if (!closed) working = working.then(work).catch(onFailure)
    },
    close: (): Promise<void> => {
      closed = true
      return working
    },
  }
}
