/**
 * An ssh server of one's own on the loopback interface, for tests and examples of what is remote: real sshd with fresh keys and its own
 * files, none of the system's. Whoever starts it is the only user, and closes it.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { userInfo } from 'node:os'
import { descendantsOf, kill } from '../processes.js'
import { type KnownHost, type SshdFiles, sshdFiles } from './sshd-files.js'

export interface LoopbackSshd {
  readonly port: number
  /** `user@127.0.0.1`, as ssh is told. */
  readonly target: string
  /** Where borg finds an absolute path of this machine through it. */
  readonly location: (path: string) => string
  /** For `ssh -F`: the client's key, and the hosts that it knows. */
  readonly clientConfig: string
  /** Which host key the client expects from now on. */
  readonly expect: (host: KnownHost) => void
  /** The processes by which clients are served, whatever they run included; outermost first. */
  readonly sessions: () => ReadonlyArray<number>
  /** Ends it with all its sessions. */
  readonly close: () => Promise<void>
}

/** sshd starts itself anew for each client, so it wants to be called by its path. */
const program = '/usr/sbin/sshd'
const attemptsMax = 5

/** Tests that need one are skipped, and counted as such, where there is none. */
export const hasSshd = (): boolean => existsSync(program)

/**
 * `folder`: where its files are made; it removes none of them. `programs`: a folder in which sessions look for programs first. Rejects, with what
 * sshd said, when it does not start.
 */
export const loopbackSshd = async (folder: string, programs: string | null = null): Promise<LoopbackSshd> => {
  const files = sshdFiles(folder, programs)
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 })
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort()
    files.listenOn(port)
    const { child, problem } = await start(files)
    if (problem === null) return serving(child, files, port)
    if (attempt === attemptsMax) throw new Error(`sshd did not start: ${problem}`)
  }
}

const serving = (child: ChildProcess, files: SshdFiles, port: number): LoopbackSshd => {
  const target = `${userInfo().username}@127.0.0.1`
  const sessions = (): ReadonlyArray<number> => descendantsOf(child.pid ?? 0)
  return {
    port,
    target,
    sessions,
    location: (path) => `ssh://${target}:${port}${path}`,
    clientConfig: files.clientConfig,
    expect: files.expect,
    close: async () => {
      const gone = once(child, 'exit')
      const served = sessions()
      child.kill('SIGKILL')
      for (const pid of served) kill(pid)
      await gone
    },
  }
}

/** Another process may take the port in between; then sshd says so and another one is tried. */
const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** `problem`: what it said when it ended instead of listening. */
const start = (files: SshdFiles): Promise<{ readonly child: ChildProcess; readonly problem: string | null }> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, ['-D', '-e', '-f', files.serverConfig], { stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    child.on('error', reject)
    child.once('exit', () => resolve({ child, problem: said }))
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = `${said}${text}`.slice(-4_000)
      if (said.includes('Server listening on')) resolve({ child, problem: null })
    })
  })
