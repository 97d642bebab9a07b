/**
 * Where a run keeps its files. Everything an heir of a crashed host needs to know of a run stands here, and no secret.
 */
import { join } from 'node:path'

export interface RunDir {
  readonly path: string
  /** What was asked, for people. */
  readonly request: string
  /** Held by `flock` for as long as the wrapper or borg lives. */
  readonly lock: string
  /** Made once, under the lock, before borg starts; holds the boot id. */
  readonly started: string
  /** Borg's identity, written by the process that becomes borg. */
  readonly pid: string
  /** Borg's exit code, renamed into place after borg has ended. */
  readonly exit: string
  readonly stdout: string
  readonly stderr: string
  /** How far the spool has been read, and what was seen of it. */
  readonly tail: string
  readonly sshLog: string
  /** What was seen of the repository before the process was started. */
  readonly before: string
  /** The text of a script. */
  readonly script: string
  /** Made when a script left processes in its group, before they are ended. */
  readonly left: string
  /** Made when the time limit was over, before the processes are ended for it. */
  readonly timedOut: string
  /** The identity of what takes borg's output away, and its exit code. */
  readonly sinkPid: string
  readonly sink: string
  /** What the comparison of the restored files found; their folder is not needed any more. */
  readonly compared: string
  /** Made when somebody has heard how the run ended. */
  readonly told: string
}

const idPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/

export const isId = (id: string): boolean => idPattern.test(id)

/** The id itself. Throws when it could be a path: an id becomes a file name. */
export const safeId = (id: string): string => {
  if (!isId(id)) throw new Error(`not an id: ${JSON.stringify(id)}`)
  return id
}

export const runDir = (dataDir: string, runId: string): RunDir => {
  const path = join(runsPath(dataDir), safeId(runId))
  return {
    path,
    request: join(path, 'request'),
    lock: join(path, 'lock'),
    started: join(path, 'started'),
    pid: join(path, 'pid'),
    exit: join(path, 'exit'),
    stdout: join(path, 'stdout'),
    stderr: join(path, 'stderr'),
    tail: join(path, 'tail'),
    sshLog: join(path, 'ssh.log'),
    before: join(path, 'before'),
    script: join(path, 'script'),
    left: join(path, 'left'),
    timedOut: join(path, 'timed-out'),
    sinkPid: join(path, 'sink-pid'),
    sink: join(path, 'sink'),
    compared: join(path, 'compared'),
    told: join(path, 'told'),
  }
}

export const runsPath = (dataDir: string): string => join(dataDir, 'runs')

/** Where a run may write what nobody needs once it has ended. */
export const scratchPath = (dataDir: string, runId: string): string => join(dataDir, 'scratch', safeId(runId))

export const jobLogsPath = (dataDir: string): string => join(dataDir, 'logs')

export const jobLogPath = (dataDir: string, jobId: string): string => join(jobLogsPath(dataDir), `${safeId(jobId)}.log`)
