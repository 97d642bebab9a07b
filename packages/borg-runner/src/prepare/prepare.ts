/** Everything that is done before a run's process is started: the secret, a look at the repository, the folders, the command line. */
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import type { BorgError } from '@borgledger/domain'
import type { RunRequest } from '@borgledger/engine'
import * as E from 'fp-ts/lib/Either.js'
import { repositoryOf } from '../borg-run.js'
import { makeBorgTmp } from '../borg-tmp.js'
import { destinationProblem } from '../destination.js'
import { borgEnvironment, plainEnvironment } from '../environment.js'
import type { RunnerOptions } from '../options.js'
import type { Launch } from '../process/wrapper.js'
import { scratchOf } from '../restore-check/scratch.js'
import { runDir } from '../run-dir.js'
import { passphraseOf } from '../secret.js'
import { type Beforehand, keepBeforehand, lookBefore, readBeforehand } from './beforehand.js'
import { commandOf } from './command.js'
import { keepScript, scriptEnvironment } from './script.js'

/**
 * Left: why the run cannot begin; `msgid` as borg would have named it. `again`: this owner prepared the run before, and a process may just
 * have begun: nothing is looked at anew.
 */
export const prepare = async (options: RunnerOptions, request: RunRequest, again: boolean): Promise<E.Either<BorgError, Launch>> => {
  const { work, runId } = request
  const repository = repositoryOf(request)
  const passphrase = repository === null ? E.right(null) : await passphraseOf(options, repository)()
  if (E.isLeft(passphrase)) return E.left({ msgid: 'PasscommandFailure', message: passphrase.left })
  try {
    const seen = await beforehand(options, request, again)
    if (E.isLeft(seen)) return seen
    const command = commandOf(options, runId, repository, work, seen.right)
    if (E.isLeft(command)) return command
    await makeFolders(options, request)
    return E.right({ ...command.right, env: await environmentOf(options, request), passphrase: passphrase.right })
  } catch (error) {
    return E.left({ msgid: null, message: (error as Error).message })
  }
}

const beforehand = async (options: RunnerOptions, request: RunRequest, again: boolean): Promise<E.Either<BorgError, Beforehand>> => {
  const { work, runId } = request
  const repository = repositoryOf(request)
  const run = runDir(options.dataDir, runId)
  if (repository === null || (again && existsSync(run.before))) return E.right(await readBeforehand(run))
  const seen = await lookBefore(options, repository, work)
  if (E.isRight(seen)) await keepBeforehand(run, seen.right)
  return seen
}

const environmentOf = async (options: RunnerOptions, { repository, work, runId }: RunRequest): Promise<Launch['env']> => {
  const plain = plainEnvironment(options, runId)
  if (work.kind === 'script') return { ...plain, ...scriptEnvironment(work) }
  if (work.kind === 'package' || repository === null) return { ...plain, DEBIAN_FRONTEND: 'noninteractive' }
  const tmp = await makeBorgTmp(options.dataDir, runId)
  return borgEnvironment(options, repository, { token: runId, tmp, sshLog: runDir(options.dataDir, runId).sshLog })
}

/** The destination was looked at before the run; by now a link may lead elsewhere. */
const makeFolders = async ({ dataDir }: RunnerOptions, { runId, work }: RunRequest): Promise<void> => {
  if (work.kind === 'extract' && !('ssh' in work.destination)) {
    const { path } = work.destination
    const problem = await destinationProblem(dataDir, path)
    if (problem !== null) throw new Error(problem)
    await mkdir(path, { recursive: true })
  }
  if (work.kind === 'script') await keepScript(work, runDir(dataDir, runId))
  if (work.kind === 'restore-check' && work.mode === 'extract')
    await mkdir(scratchOf(dataDir, runId).files, { recursive: true, mode: 0o700 })
}
