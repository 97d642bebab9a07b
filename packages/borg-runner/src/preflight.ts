/**
 * What would speak against a run, found by looking. Also: which sources are gone after it.
 */
import { lstat } from 'node:fs/promises'
import type { Preflight, RunWork } from '@borgledger/domain'
import type { RunRequest } from '@borgledger/engine'
import * as E from 'fp-ts/lib/Either.js'
import type { Task } from 'fp-ts/lib/Task.js'
import { repositoryOf } from './borg-run.js'
import { destinationProblem } from './destination.js'
import { executableOf, executableProblem } from './executable.js'
import { aptInstaller } from './installer.js'
import type { RunnerOptions } from './options.js'
import { passphraseOf } from './secret.js'

export const preflight =
  (options: RunnerOptions, request: Pick<RunRequest, 'repository' | 'work'>): Task<Preflight> =>
  async () => {
    const { work } = request
    const repository = repositoryOf(request)
    const passphrase = repository === null ? E.right(null) : await passphraseOf(options, repository)()
    const programs = [...(repository === null ? [] : [executableOf(options, repository)]), ...otherPrograms(options, work)]
    return {
      missingSources: work.kind === 'create' ? await missingOf(work.spec.sources) : [],
      passphraseProblem: E.isLeft(passphrase) ? passphrase.left : null,
      executableProblem: await executableProblem(options, programs),
      destinationProblem:
        work.kind === 'extract' && !('ssh' in work.destination) ? await destinationProblem(options.dataDir, work.destination.path) : null,
    }
  }

const otherPrograms = ({ installer = aptInstaller }: RunnerOptions, work: RunWork): ReadonlyArray<string> => {
  if (work.kind === 'package') return installer.installArgv(work.package).slice(0, 1)
  return work.kind === 'extract' && 'ssh' in work.destination ? ['ssh'] : []
}

/** Only what is certainly not there: a source that may not be looked at is borg's to report. */
export const missingOf = async (paths: ReadonlyArray<string>): Promise<ReadonlyArray<string>> => {
  const isMissing = async (path: string): Promise<boolean> => {
    try {
      await lstat(path)
      return false
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      return code === 'ENOENT' || code === 'ENOTDIR'
    }
  }
  const missing = await Promise.all(paths.map(isMissing))
  return paths.filter((_, index) => missing[index])
}
