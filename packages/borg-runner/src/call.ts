/**
 * A short call of borg that is no run: waits for its end, keeps what it said, both within limits. It dies with the host.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type BorgError, type Exit, faultOf, type RepositoryAccess } from '@borgledger/domain'
import type { RunnerProblem } from '@borgledger/engine'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { borgEnvironment } from './environment.js'
import { executableOf } from './executable.js'
import { decodeLine } from './lines/decode.js'
import { nothingSeen, see } from './lines/seen.js'
import type { RunnerOptions } from './options.js'
import { handOver } from './process/wrapper.js'
import { passphraseOf } from './secret.js'

const outputBytesMax = 64 * 1024 * 1024
const callMsMax = 5 * 60_000
const graceMs = 10_000

/** Right: what borg wrote to stdout, when it ended well (0, or 1 and 100 to 107: with warnings). */
export const callBorg =
  (options: RunnerOptions, repository: RepositoryAccess, argv: ReadonlyArray<string>): TaskEither<RunnerProblem, string> =>
  async () => {
    const passphrase = await passphraseOf(options, repository)()
    if (E.isLeft(passphrase)) return E.left({ tag: 'CannotRun', code: 'passphrase-missing', message: passphrase.left })
    const token = `call-${randomUUID()}`
    const folder = join(options.dataDir, 'calls', token)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    try {
      const sshLog = join(folder, 'ssh.log')
      const env = borgEnvironment(options, repository, { token, sshLog })
      const child = start(executableOf(options, repository), argv, env, passphrase.right)
      return judge(await outcomeOf(child, options.callMsMax ?? callMsMax), await readFile(sshLog, 'utf8').catch(() => ''))
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

const start = (
  file: string,
  argv: ReadonlyArray<string>,
  env: Readonly<Record<string, string>>,
  passphrase: string | null,
): ChildProcess => {
  const child = spawn(file, argv, {
    cwd: '/',
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', passphrase === null ? 'ignore' : 'pipe'],
  })
  if (passphrase !== null) handOver(child, passphrase)
  return child
}

interface Outcome {
  readonly startError: string | null
  readonly exit: Exit
  readonly stdout: string
  readonly stderr: string
  readonly problem: string | null
}

/** Borg that writes or takes too much is ended: politely, then not. */
const outcomeOf = (child: ChildProcess, msMax: number): Promise<Outcome> =>
  new Promise((resolve) => {
    const output = { stdout: [] as Buffer[], stderr: [] as Buffer[] }
    let bytes = 0
    let problem: string | null = null
    let killer: NodeJS.Timeout | undefined
    const end = (why: string): void => {
      if (problem !== null) return
      problem = why
      child.kill('SIGTERM')
      killer = setTimeout(() => child.kill('SIGKILL'), graceMs)
    }
    const timer = setTimeout(() => end(`borg did not end within ${msMax / 1000} s`), msMax)
    for (const stream of ['stdout', 'stderr'] as const)
      child[stream]?.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        if (bytes > outputBytesMax) end('borg wrote more than can be kept')
        else output[stream].push(chunk)
      })
    const settle = (startError: string | null, code: number | null, signal: string | null): void => {
      clearTimeout(timer)
      clearTimeout(killer)
      const [stdout, stderr] = [Buffer.concat(output.stdout).toString(), Buffer.concat(output.stderr).toString()]
      resolve({ startError, exit: { code, signal }, stdout, stderr, problem })
    }
    child.on('error', (error) => settle(error.message, null, null))
    child.on('close', (code, signal) => settle(null, code, signal))
  })

const judge = (outcome: Outcome, ssh: string): E.Either<RunnerProblem, string> => {
  const { startError, exit, stdout, stderr, problem } = outcome
  if (startError !== null) return E.left({ tag: 'CannotRun', code: 'borg-failed', message: `borg cannot be run: ${startError}` })
  if (problem === null && exit.code !== null && endedWell(exit.code)) return E.right(stdout)
  const seen = stderr.split('\n').flatMap(decodeLine).reduce(see, nothingSeen)
  const lastError = withSshWords(seen.lastError ?? { msgid: null, message: seen.words.join('\n') || 'borg failed without a word' }, ssh)
  const message = problem ?? lastError.message
  return E.left({ tag: 'BorgFailed', code: faultOf({ lastError, exit }), message, msgid: lastError.msgid, exit })
}

const endedWell = (code: number): boolean => code === 0 || code === 1 || (code >= 100 && code <= 107)

/** Every failure of ssh is one and the same message to borg; ssh's own last words tell them apart. */
export const withSshWords = (error: BorgError, ssh: string): BorgError => {
  const words = ssh.trim().split('\n').slice(-3).join(' ').slice(0, 500)
  return words === '' || !error.msgid?.startsWith('Connection') ? error : { ...error, message: `${error.message} (ssh: ${words})` }
}
