/**
 * What a borg runner is made with. Times in milliseconds, sizes in bytes.
 */
import type { SecretRef } from '@borgledger/domain'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Installer } from './installer.js'
import type { SshOptions } from './ssh.js'

/** The part of a pino logger that is used. */
export interface RunnerLog {
  readonly warn: (details: object, message: string) => void
}

export interface RunnerOptions {
  /** Absolute. Runs are kept in `runs/`, job logs in `logs/`, borg's caches and keys in `borg/`. */
  readonly dataDir: string
  /** Borg's host id: constant across restarts, unique to this installation, or borg cannot heal its own stale locks. */
  readonly hostId: string
  /** Left: why the secret cannot be had; the message must not hold it. */
  readonly resolveSecret: (ref: SecretRef) => TaskEither<{ readonly message: string }, string>
  /** The borg for repositories that name none; looked up on the path. Default `borg`. */
  readonly borg?: string
  readonly log?: RunnerLog
  /** How often the spool is read, and so how soon its progress is told. Default 400. */
  readonly tailMs?: number
  /** One job log is cut beyond this. Default 50 MB. */
  readonly logBytesMax?: number
  /** How long a call of borg that is no run may take. Default five minutes. */
  readonly callMsMax?: number
  /** A worker that says nothing for this long is replaced. Default one minute. */
  readonly silenceMsMax?: number
  /** A run that does nothing for this long (no output, no CPU time, no I/O) is reported as stalled. Default 15 minutes. */
  readonly stallMs?: number
  /** From which the environment's allow-list picks. Default `process.env`. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** How long a script whose time is over has to end by itself. Default ten seconds. */
  readonly graceMs?: number
  /** How ssh finds its way; default the configuration of the user who runs us. */
  readonly ssh?: SshOptions
  /** The URL of the module that workers load, for a host whose bundler moves it. Default our own. */
  readonly worker?: string
  /** Installs packages. Default Debian's apt. */
  readonly installer?: Installer
}

/** Of processes that are to end: from the polite signal to the other one. */
export const defaultGraceMs = 10_000
