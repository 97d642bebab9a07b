/** What is run for a piece of work: the command line, where it runs, and what becomes of its output. */
import type { BorgError, RepositoryAccess, RunWork, WorkOf } from '@borgledger/domain'
import * as E from 'fp-ts/lib/Either.js'
import { createArgv } from '../argv/create.js'
import { dryExtractArgv, exportTarArgv, extractArgv } from '../argv/restore.js'
import { checkArgv, compactArgv, deleteArgv, pruneArgv } from '../argv/upkeep.js'
import type { BorgWork } from '../borg-run.js'
import { executableOf } from '../executable.js'
import { aptInstaller, packageProblem } from '../installer.js'
import { defaultGraceMs, type RunnerOptions } from '../options.js'
import type { Launch } from '../process/wrapper.js'
import { scratchOf } from '../restore-check/scratch.js'
import { runDir } from '../run-dir.js'
import type { Beforehand } from './beforehand.js'
import { scriptArgv } from './script.js'
import { sinkOf } from './sink.js'

export type Command = Pick<Launch, 'argv' | 'cwd' | 'output' | 'sink' | 'leftGraceMs'>

const apart = { cwd: '/', output: 'apart', sink: null, leftGraceMs: null } as const
const together = { cwd: '/', output: 'together', sink: null, leftGraceMs: null } as const

/** Left: why there is nothing that could be run. */
export const commandOf = (
  options: RunnerOptions,
  runId: string,
  repository: RepositoryAccess | null,
  work: RunWork,
  seen: Beforehand,
): E.Either<BorgError, Command> => {
  if (work.kind === 'script') {
    const argv = scriptArgv(options, work, runDir(options.dataDir, runId))
    return E.right({ ...together, argv, leftGraceMs: options.graceMs ?? defaultGraceMs })
  }
  if (work.kind === 'package') return installCommand(options, work)
  if (repository === null) return E.left({ msgid: null, message: `${work.kind} needs a repository` })
  const borg = borgCommand(options, repository.location, work, { archive: seen.archive, scratch: scratchOf(options.dataDir, runId).files })
  return E.right({ ...borg, argv: [executableOf(options, repository), ...borg.argv] })
}

const installCommand = (options: RunnerOptions, work: WorkOf<'package'>): E.Either<BorgError, Command> => {
  const problem = packageProblem(work.package)
  if (problem !== null) return E.left({ msgid: null, message: problem })
  return E.right({ ...together, argv: (options.installer ?? aptInstaller).installArgv(work.package) })
}

const borgCommand = (
  { ssh }: RunnerOptions,
  location: string,
  work: BorgWork,
  { archive, scratch }: { readonly archive: string | null; readonly scratch: string },
): Command => {
  switch (work.kind) {
    case 'create':
      return { ...apart, argv: createArgv(location, work) }
    case 'extract':
      return 'ssh' in work.destination
        ? { ...apart, argv: exportTarArgv(location, work), sink: sinkOf(ssh, work.destination) }
        : { ...apart, argv: extractArgv(location, work), cwd: work.destination.path }
    case 'check':
      return { ...apart, argv: checkArgv(location, work) }
    case 'compact':
      return { ...apart, argv: compactArgv(location, work) }
    case 'prune-plan':
    case 'prune':
      return { ...apart, argv: pruneArgv(location, work) }
    case 'delete':
      return { ...apart, argv: deleteArgv(location, work) }
    case 'restore-check': {
      const chosen = { archive: archive ?? work.archive, paths: work.paths, stripComponents: 0 }
      return work.mode === 'dry-run'
        ? { ...apart, argv: dryExtractArgv(location, chosen) }
        : { ...apart, argv: extractArgv(location, chosen), cwd: scratch }
    }
  }
}
