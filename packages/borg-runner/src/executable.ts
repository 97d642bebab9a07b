/**
 * Which borg is run, whether it could be, and of which version it is.
 */
import { execFile } from 'node:child_process'
import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { delimiter, isAbsolute, join } from 'node:path'
import type { RepositoryAccess } from '@borgledger/domain'
import type { RunnerOptions } from './options.js'

const versionMsMax = 30_000

export const executableOf = (options: RunnerOptions, repository: RepositoryAccess): string =>
  repository.executable ?? options.borg ?? 'borg'

/** What stands around borg needs them; they come with util-linux. */
const wrapperTools = ['flock', 'setsid', 'setpriv']

/** Why one of them, or the shell around them, cannot be run; null when all can. Looks at files only. */
export const executableProblem = async (options: RunnerOptions, programs: ReadonlyArray<string>): Promise<string | null> => {
  const path = pathOf(options)
  for (const name of [...programs, ...wrapperTools]) {
    if ((await findExecutable(name, path)) !== null) continue
    return isAbsolute(name) ? `${name} is no program that can be run` : `there is no ${name} on the path`
  }
  return null
}

export type VersionReader = (repository: RepositoryAccess) => Promise<string | null>

/** Asks each program once, and again when its file has changed. Null when it does not say. */
export const versionReader = (options: RunnerOptions): VersionReader => {
  const known = new Map<string, Promise<string | null>>()
  return async (repository) => {
    const path = await findExecutable(executableOf(options, repository), pathOf(options))
    if (path === null) return null
    const key = `${path}@${(await stat(path)).mtimeMs}`
    const version = known.get(key) ?? askVersion(path, pathOf(options))
    known.set(key, version)
    return version
  }
}

const askVersion = (path: string, searchPath: string): Promise<string | null> =>
  new Promise((resolve) => {
    const env = { PATH: searchPath, LC_ALL: 'C.UTF-8' }
    execFile(path, ['--version'], { env, timeout: versionMsMax }, (_, stdout) =>
      resolve(/^borg(?:backup)? (\S+)/m.exec(stdout)?.[1] ?? null),
    )
  })

const pathOf = (options: RunnerOptions): string => (options.env ?? process.env)['PATH'] ?? ''

const findExecutable = async (name: string, searchPath: string): Promise<string | null> => {
  const places = isAbsolute(name) ? [name] : searchPath.split(delimiter).map((folder) => join(folder, name))
  for (const place of places) if (await isRunnable(place)) return place
  return null
}

const isRunnable = async (path: string): Promise<boolean> => {
  try {
    await access(path, constants.X_OK)
    return (await stat(path)).isFile()
  } catch {
    return false
  }
}
