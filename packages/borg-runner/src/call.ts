/**
 * A short call of borg that is no run: waits for its end and keeps what it said. It dies with the host: the kernel signals it (`setpriv` asks for
 * that), so that the claim it is made under may be dropped with the host too.
 */
import { randomUUID } from 'node:crypto'
import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type BorgError, faultOf, type RepositoryAccess } from '@borgledger/domain'
import type { RunnerProblem } from '@borgledger/engine'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { makeBorgTmp, removeBorgTmp } from './borg-tmp.js'
import { type BorgCall, borgEnvironment } from './environment.js'
import { executableOf } from './executable.js'
import { decodeLine } from './lines/decode.js'
import { nothingSeen, see } from './lines/seen.js'
import type { RunnerOptions } from './options.js'
import { type Captured, capture } from './process/captured.js'
import { passphraseOf } from './secret.js'

const callMsMax = 5 * 60_000
const longCallMsMax = 60 * 60_000
const diesWithHost = ['setpriv', '--pdeathsig', 'TERM', '--']

/** `closing`: ends the call when aborted. */
export type CallOptions = RunnerOptions & { readonly closing?: AbortSignal }

/** Right: what borg wrote to stdout, when it ended well (0, or 1 and 100 to 107: with warnings). */
export const callBorg = (
  options: CallOptions,
  repository: RepositoryAccess,
  argv: ReadonlyArray<string>,
): TaskEither<RunnerProblem, string> => call(options, repository, { argv, msMax: options.callMsMax ?? callMsMax, into: null })

/** What borg wrote to stdout goes to the file, over what was there; for answers of any length, which take their time. */
export const callBorgInto =
  (options: RunnerOptions, repository: RepositoryAccess, argv: ReadonlyArray<string>, path: string): TaskEither<RunnerProblem, string> =>
  async () => {
    const file = await open(path, 'w', 0o600)
    try {
      return await call(options, repository, { argv, msMax: longCallMsMax, into: file.fd })()
    } finally {
      await file.close()
    }
  }

interface Asked {
  readonly argv: ReadonlyArray<string>
  readonly msMax: number
  readonly into: number | null
}

const call =
  (options: CallOptions, repository: RepositoryAccess, { argv, msMax, into }: Asked): TaskEither<RunnerProblem, string> =>
  async () => {
    const { closing } = options
    const passphrase = await passphraseOf(options, repository)()
    if (E.isLeft(passphrase)) return cannotRun('passphrase-missing', passphrase.left)
    if (closing?.aborted) return closedBefore
    try {
      return await withFolder(options.dataDir, async (borgCall) => {
        const env = borgEnvironment(options, repository, borgCall)
        const launch = { argv: [...diesWithHost, executableOf(options, repository), ...argv], env, passphrase: passphrase.right }
        const captured = await capture(launch, { msMax, into, closing })
        return closing?.aborted ? closedBefore : judge(captured, await readFile(borgCall.sshLog, 'utf8').catch(() => ''))
      })
    } catch (error) {
      return cannotRun('borg-failed', `borg cannot be run: ${(error as Error).message}`)
    }
  }

const closedBefore: E.Either<RunnerProblem, never> = E.left({
  tag: 'Closed',
  code: 'read-only',
  message: 'the ledger was closed before borg had ended',
})

const cannotRun = (code: string, message: string): E.Either<RunnerProblem, never> => E.left({ tag: 'CannotRun', code, message })

const withFolder = async <A>(dataDir: string, use: (call: BorgCall) => Promise<A>): Promise<A> => {
  const token = `call-${randomUUID()}`
  const tmp = await makeBorgTmp(dataDir, token)
  try {
    return await use({ token, tmp, sshLog: tmp === null ? '/dev/null' : join(tmp, 'ssh.log') })
  } finally {
    await removeBorgTmp(dataDir, token)
  }
}

const judge = ({ exit, stdout, stderr, endedFor }: Captured, ssh: string): E.Either<RunnerProblem, string> => {
  if (endedFor === null && exit.code !== null && endedWell(exit.code)) return E.right(stdout)
  const seen = stderr.split('\n').flatMap(decodeLine).reduce(see, nothingSeen)
  const said = seen.lastError ?? { msgid: null, message: seen.words.join('\n') || 'borg failed without a word' }
  const lastError = withSshWords(said, ssh)
  const message = endedFor ?? lastError.message
  return E.left({ tag: 'BorgFailed', code: faultOf({ lastError, exit }), message, msgid: lastError.msgid, exit })
}

const endedWell = (code: number): boolean => code === 0 || code === 1 || (code >= 100 && code <= 107)

/** Every failure of ssh is one and the same message to borg; ssh's own last words tell them apart. */
export const withSshWords = (error: BorgError, ssh: string): BorgError => {
  const words = ssh.trim().split('\n').slice(-3).join(' ').slice(0, 500)
  const isOfConnection = faultOf({ lastError: error, exit: null }).startsWith('connection-')
  return words === '' || !isOfConnection ? error : { ...error, message: `${error.message} (ssh: ${words})` }
}
