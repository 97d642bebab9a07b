/** The files of a loopback sshd: keys of both sides, their configurations, and the hosts that the client knows. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** `another`: a key that the server does not have, as after an attack, or after it was set up anew. */
export type KnownHost = 'itself' | 'nobody' | 'another'

export interface SshdFiles {
  readonly serverConfig: string
  readonly clientConfig: string
  readonly listenOn: (port: number) => void
  readonly expect: (host: KnownHost) => void
}

export const sshdFiles = (folder: string, programs: string | null): SshdFiles => {
  const path = (name: string): string => join(folder, name)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const [hostKey, clientKey] = [makeKey(path('host_key')), makeKey(path('client_key'))]
  writeFileSync(path('authorized_keys'), clientKey)
  let port = 0
  const expect = (host: KnownHost): void => {
    const key = { itself: hostKey, nobody: null, another: clientKey }[host]
    writeFileSync(path('known_hosts'), key === null ? '' : `[127.0.0.1]:${port} ${key}`)
  }
  return {
    serverConfig: path('sshd_config'),
    clientConfig: path('ssh_config'),
    expect,
    listenOn: (chosen) => {
      port = chosen
      const searched = programs === null ? '' : `SetEnv "PATH=${programs}:/usr/local/bin:/usr/bin:/bin"\n`
      writeFileSync(path('sshd_config'), `${serverLines(path, port)}${searched}`)
      writeFileSync(path('ssh_config'), clientLines(path))
      expect('itself')
    },
  }
}

/** Without a passphrase; gives the public half. */
const makeKey = (path: string): string => {
  const { status, stderr } = spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'loopback', '-f', path], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`ssh-keygen: ${stderr}`)
  return readFileSync(`${path}.pub`, 'utf8')
}

type PathOf = (name: string) => string

/** `StrictModes`: a temporary folder may be one that sshd would not trust. */
const serverLines = (path: PathOf, port: number): string => `Port ${port}
ListenAddress 127.0.0.1
HostKey "${path('host_key')}"
AuthorizedKeysFile "${path('authorized_keys')}"
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
MaxStartups 100
`

const clientLines = (path: PathOf): string => `Host 127.0.0.1
  IdentityFile "${path('client_key')}"
  IdentitiesOnly yes
  UserKnownHostsFile "${path('known_hosts')}"
  GlobalKnownHostsFile /dev/null
`
