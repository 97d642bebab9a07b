/**
 * The environment in which borg runs: an allow-list, so that nothing of the operator's shell leaks in, and what makes borg's answers the same
 * everywhere. The passphrase comes by file descriptor 3; no secret stands here.
 */
import { join } from 'node:path'
import type { RepositoryAccess } from '@borgledger/domain'
import type { RunnerOptions } from './options.js'
import { remoteShell } from './ssh.js'

/** `SSH_AUTH_SOCK`, `HOME` and `USER` are for ssh: its agent, its proxy commands; it finds its own keys and known hosts by the user's entry. */
const allowed = ['PATH', 'HOME', 'USER', 'LOGNAME', 'TMPDIR']

export interface BorgCall {
  /** Stands in the process's environment, so that it can be found by it. */
  readonly token: string
  /** Where it keeps its temporary files; null: where the operator's programs do. */
  readonly tmp: string | null
  /** Where ssh writes its own messages, which borg tells only now and then. */
  readonly sshLog: string
}

const pick = (options: RunnerOptions, names: ReadonlyArray<string>): Readonly<Record<string, string>> => {
  const from = options.env ?? process.env
  return Object.fromEntries(names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]])))
}

export const borgEnvironment = (options: RunnerOptions, repository: RepositoryAccess, call: BorgCall): Readonly<Record<string, string>> => {
  return {
    ...pick(options, [...allowed, 'SSH_AUTH_SOCK']),
    ...(call.tmp === null ? {} : { TMPDIR: call.tmp }),
    TZ: 'UTC',
    LC_ALL: 'C.UTF-8',
    PYTHONIOENCODING: 'utf-8',
    BORG_BASE_DIR: join(options.dataDir, 'borg'),
    BORG_HOST_ID: options.hostId,
    BORG_EXIT_CODES: 'modern',
    BORG_DISPLAY_PASSPHRASE: 'no',
    BORG_RSH: remoteShell(options.ssh, call.sshLog),
    BORGLEDGER_RUN_ID: call.token,
    ...(repository.passphrase === null ? { BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK: 'yes' } : { BORG_PASSPHRASE_FD: '3' }),
  }
}

/** For what is no borg. Nothing of a repository stands in it. */
export const plainEnvironment = (options: RunnerOptions, token: string): Readonly<Record<string, string>> => ({
  ...pick(options, allowed),
  LANG: 'C.UTF-8',
  LC_ALL: 'C.UTF-8',
  BORGLEDGER_RUN_ID: token,
})
