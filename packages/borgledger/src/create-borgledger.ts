/** Puts a ledger together over a data directory: the embedded parts by default, the caller's own where given. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { borgRunner, jobLogFiles, type SshOptions } from '@borgledger/borg-runner'
import {
  type Clock,
  type Engine,
  type EngineParts,
  type Ids,
  type Notifier,
  type Runner,
  startEngine,
  systemClock,
  systemIds,
} from '@borgledger/engine'
import type { EventStore } from '@borgledger/eventstore'
import { notifier as embeddedNotifier } from '@borgledger/notifier'
import { sqliteReadModels } from '@borgledger/readmodels-sqlite'
import { sqliteEventStore } from 'eventstore-adapter-sqlite'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Logger } from 'pino'
import type { Borgledger } from './borgledger.js'
import { type DataDir, prepareDataDir, takeOwnership } from './data-dir/index.js'
import { facade } from './facade.js'
import { fromStoreError } from './ledger-error.js'
import { type CannotBeOpened, sayOpenError } from './open-error.js'
import { resolveSecret, type SecretStore, secretStore } from './secrets/index.js'
import { StartError } from './start-error.js'

export interface BorgledgerOptions {
  /** Made when it is not there. Everything the ledger keeps stands in it. */
  readonly dataDir: string
  /** The key of the secret store: a file of 16 bytes or more. Without it the store is refused. */
  readonly secretKeyFile?: string
  /** For repositories that name none; default the `borg` on the path. */
  readonly borg?: string
  /** How ssh finds its way to what is remote; default the ssh configuration of the user who runs the process. */
  readonly ssh?: SshOptions
  /** Recorded with the owner's start; default `borgledger`. */
  readonly software?: string
  /**
   * False for a short visit, such as a command line's: the ledger is read, and told things, and runs nothing. Jobs that run go on without
   * it, and pending ones stay pending. Default true.
   */
  readonly runsJobs?: boolean
  /**
   * Space kept beside the log, so that the ends of runs are recorded on a full disk too; default 8 MiB, 0 for none. Once it was used, commands
   * are answered `store-full` until twice as much would be free.
   */
  readonly reserveBytes?: number
  readonly store?: EventStore
  readonly runner?: Runner
  readonly notifier?: Notifier
  readonly clock?: Clock
  readonly ids?: Ids
  readonly log?: Logger
  /** Where environment references to secrets are looked up; default the environment of the process. */
  readonly env?: NodeJS.ProcessEnv
}

const reserveBytesDefault = 8 * 1024 * 1024

/** Rejects with `StartError`: the data directory cannot be used or is owned by a living process, or the log cannot be opened. */
export const createBorgledger = async (options: BorgledgerOptions): Promise<Borgledger> => {
  const { clock = systemClock, ids = systemIds, reserveBytes = reserveBytesDefault } = options
  const dir = await prepareDataDir(options.dataDir)
  const lock = await takeOwnership(dir, clock.now())
  const opened: Array<() => Promise<void>> = [lock.release]
  try {
    const store = options.store ?? (await openOr(sqliteEventStore({ file: dir.log, reserveBytes }), 'the log cannot be opened'))
    opened.unshift(store.close)
    const readModels = await openOr(sqliteReadModels({ file: dir.readModels }), 'the read models cannot be opened')
    opened.unshift(readModels.close)
    const secrets = secretStore(dir.secrets, options.secretKeyFile ?? null)
    const runner = options.runner ?? embeddedRunner(options, dir, secrets)
    const notifier = options.notifier ?? embeddedNotifier({ resolveSecret: resolveSecret(secrets, options.env ?? process.env) })
    const logs = jobLogFiles(dir.root)
    const engine = await start(options, { store, readModels, runner, logs, notifier, clock, ids, host: lock.identity.host })
    const close = closing(engine, opened)
    return facade({ auditKey: dir.auditKey, engine, store, readModels, runner, clock, ids, secrets, lock, logs, ...close })
  } catch (cause) {
    for (const release of opened) await release()
    throw cause
  }
}

const embeddedRunner = ({ borg, ssh, env = process.env, log }: BorgledgerOptions, dir: DataDir, secrets: SecretStore): Runner =>
  borgRunner({
    dataDir: dir.root,
    hostId: dir.hostId,
    resolveSecret: resolveSecret(secrets, env),
    env,
    ...(borg === undefined ? {} : { borg }),
    ...(ssh === undefined ? {} : { ssh }),
    ...(log === undefined ? {} : { log }),
  })

/** What the engine is put together from, but for what the options say of it. */
type Parts = Omit<EngineParts, 'software' | 'runsJobs' | 'onTrouble' | 'onScheduleTrouble' | 'onLogLeft' | 'onSnapshotTrouble'>

const start = async ({ software = 'borgledger', runsJobs = true, log }: BorgledgerOptions, parts: Parts): Promise<Engine> => {
  const onTrouble = ({ jobId, runId }: { readonly jobId: string; readonly runId: string }, cause: unknown): void =>
    log?.warn({ jobId, runId, err: cause }, 'the telling of a run broke off; it is taken up again')
  const onScheduleTrouble = (scheduleId: string, cause: unknown): void =>
    log?.error({ scheduleId, err: cause }, 'it cannot be said when a schedule is due')
  const onLogLeft = (jobId: string | null, reason: string): void =>
    log?.warn({ jobId, reason }, 'a log could not be removed; it is tried again in an hour')
  const onSnapshotTrouble = (message: string): void => log?.warn(message)
  const engine = await startEngine({ ...parts, software, runsJobs, onTrouble, onScheduleTrouble, onLogLeft, onSnapshotTrouble })()
  if (E.isLeft(engine)) throw new StartError('log', fromStoreError(engine.left).message)
  return engine.right
}

const openOr = async <A>(task: TaskEither<CannotBeOpened, A>, what: string): Promise<A> => {
  const opened = await task()
  if (E.isRight(opened)) return opened.right
  throw new StartError('log', `${what}: ${sayOpenError(opened.left)}`)
}

/** Closing happens once, however often it is asked for; `closing` is aborted once nothing changes any more. */
const closing = (engine: Engine, opened: ReadonlyArray<() => Promise<void>>): { close: Borgledger['close']; closing: AbortSignal } => {
  const quiet = new AbortController()
  let closed: Promise<void> | null = null
  const closeAll = async (drainMs: number): Promise<void> => {
    await engine.close(drainMs)
    quiet.abort()
    // Who follows a job takes a last look now, while there is something to look at.
    await nextTurn()
    for (const release of opened) await release()
  }
  return { closing: quiet.signal, close: ({ drainMs = Number.MAX_SAFE_INTEGER } = {}) => (closed ??= closeAll(drainMs)) }
}
