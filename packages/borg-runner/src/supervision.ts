/**
 * The life of one run as the worker sees it: read the spool, tell, look whether the processes are gone, until they are.
 */
import type { ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { setImmediate as breathe } from 'node:timers/promises'
import { endingOf, finish, notStarted } from './ending.js'
import type { FromWorker, SuperviseTask } from './messages.js'
import { Orders } from './orders.js'
import { activityOf } from './process/activity.js'
import { readIdentity } from './process/identity.js'
import { livenessOf } from './process/liveness.js'
import { timeLimit } from './process/time-limit.js'
import type { RunDir } from './run-dir.js'
import { SpoolFollower } from './spool/follower.js'
import { readTail } from './spool/tail.js'

export interface Watch {
  readonly run: RunDir
  readonly task: SuperviseTask
  /** The shell that starts the run, when it was started here. */
  readonly wrapper: ChildProcess | null
  readonly say: (message: FromWorker) => void
}

/** How soon after its start borg's pid is looked for. */
const startingMs = 20
const probeEveryMs = 1_000
const aliveEveryMs = 5_000

export const supervision = async (watch: Watch): Promise<void> => {
  const { run, task, wrapper, say } = watch
  const kept = readTail(run.tail)
  if (kept.ended !== null) return say({ tag: 'Ended', ending: endingOf(run, kept) })
  const follower = new SpoolFollower(run, task)
  const orders = new Orders(run, task, follower, say)
  try {
    if (task.start !== null && wrapper !== null) follower.note('INFO', `run ${task.runId}: ${task.start.argv.join(' ')}`)
    if (!(await untilOver(watch, follower, orders))) return say({ tag: 'Left' })
    if (!existsSync(run.started)) return say({ tag: 'NotStarted', message: notStarted(follower) })
    say({ tag: 'Ended', ending: endingOf(run, finish(run, follower, task.reading)) })
  } finally {
    orders.close()
    follower.close()
  }
}

/** False when we were told to leave before the end. */
const untilOver = async (watch: Watch, follower: SpoolFollower, orders: Orders): Promise<boolean> => {
  const { run, task, say } = watch
  const isOver = overWatch(watch)
  watch.wrapper?.once('exit', () => orders.wake())
  const beat = heartbeat(say)
  const activity = activityOf(run, task.stallMs)
  const limit = timeLimit(run, { ...task.reading, graceMs: task.graceMs }, (words) => follower.note('WARNING', words))
  for (let spawned = false; ; ) {
    limit.check()
    const over = !limit.isEnding() && (await isOver())
    const news = over ? null : activity.news()
    if (news !== null) say({ tag: 'Stalled', since: news === 'moving' ? null : news })
    do {
      beat()
      // What borg writes it writes as the process that is told: it comes first.
      spawned ||= sayIdentity(run, say)
      const told = follower.told(Date.now())
      if (told !== null) say({ tag: 'Progressed', ...told })
      await breathe()
    } while (follower.drain(false))
    if (over) return true
    if (orders.leave) return false
    await orders.rest(spawned ? task.tailMs : Math.min(startingMs, task.tailMs))
  }
}

const sayIdentity = (run: RunDir, say: Watch['say']): boolean => {
  const process = readIdentity(run.pid)
  if (process !== null) say({ tag: 'Spawned', process })
  return process !== null
}

const heartbeat = (say: Watch['say']): (() => void) => {
  let beatAtMs = performance.now()
  return () => {
    if (performance.now() - beatAtMs < aliveEveryMs) return
    beatAtMs = performance.now()
    say({ tag: 'Alive' })
  }
}

/** Are the processes gone? Asked before the spool is read, so that nothing said before the end is missed. */
const overWatch = ({ run, wrapper }: Watch): (() => Promise<boolean>) => {
  let probeAtMs = 0
  return async () => {
    if (existsSync(run.exit)) return true
    if (wrapper !== null && wrapper.exitCode === null && wrapper.signalCode === null) return false
    if (performance.now() < probeAtMs) return false
    probeAtMs = performance.now() + probeEveryMs
    return (await livenessOf(run)) === 'gone'
  }
}
