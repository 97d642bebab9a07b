/**
 * How ssh is called, for a remote repository and for a restore to another machine: it never asks, takes no host key on trust, and notices
 * when the other side is gone. Ports, identities and known hosts are ssh's own business: they stand in its configuration.
 */

export interface SshOptions {
  /** Absolute. Read in place of the user's own and the system's configuration; of the form of `ssh_config`. */
  readonly configFile?: string
  /** The other side is asked after so many seconds of silence whether it is there. Default 15. */
  readonly aliveEveryS?: number
  /** A connection is lost after so many questions without an answer. Default 4, so that it takes a minute and a quarter. */
  readonly unansweredMax?: number
}

/** What stands here cannot be overruled by a configuration. */
export const sshArgv = ({ configFile, aliveEveryS = 15, unansweredMax = 4 }: SshOptions = {}): ReadonlyArray<string> => [
  'ssh',
  ...(configFile === undefined ? [] : ['-F', configFile]),
  '-oBatchMode=yes',
  '-oConnectTimeout=20',
  `-oServerAliveInterval=${aliveEveryS}`,
  `-oServerAliveCountMax=${unansweredMax}`,
  '-oStrictHostKeyChecking=yes',
]

/** For `BORG_RSH`. `logFile`: where ssh writes its own messages, which borg tells only now and then. */
export const remoteShell = (options: SshOptions | undefined, logFile: string): string =>
  [...sshArgv(options), '-E', logFile].map(quoted).join(' ')

/** For a shell, and for Python's shlex, by which borg takes a command apart. */
export const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'"'"'`)}'`)
