/** The command line of a script: it gets neither the run's lock, which a daemon that it starts would hold, nor the descriptor for secrets. */
import { mkdir, writeFile } from 'node:fs/promises'
import type { WorkOf } from '@borgledger/domain'
import type { RunnerOptions } from '../options.js'
import type { RunDir } from '../run-dir.js'

/** Its own `PATH` comes as a word: the shell around it needs ours. */
const prelude = 'exec 3<&- 9>&-; PATH=$1; export PATH; shift; exec "$@"'

export const scriptArgv = (options: RunnerOptions, { program, env }: WorkOf<'script'>, run: RunDir): ReadonlyArray<string> => {
  const path = env['PATH'] ?? (options.env ?? process.env)['PATH'] ?? '/usr/bin:/bin'
  const argv = 'argv' in program ? program.argv : [...interpreterOf(program.body), run.script]
  return ['/bin/sh', '-c', prelude, 'script', path, ...argv]
}

/**
 * By the kernel's rule: what follows `#!` is a program and at most one argument. Named here, so that the text need not stand where files may be
 * executed.
 */
const interpreterOf = (body: string): ReadonlyArray<string> => {
  const words = /^#![ \t]*(\S+)(?:[ \t]+(\S.*?))?[ \t\r]*(?:\n|$)/.exec(body)
  return words === null ? ['/bin/sh'] : words.slice(1).filter((word) => word !== undefined)
}

/** The text of a script stands in the folder of its run. */
export const keepScript = async ({ program }: WorkOf<'script'>, run: RunDir): Promise<void> => {
  if ('argv' in program) return
  await mkdir(run.path, { recursive: true, mode: 0o700 })
  await writeFile(run.script, program.body, { mode: 0o600 })
}

/** What is added to the environment for it. */
export const scriptEnvironment = ({ env }: WorkOf<'script'>): Readonly<Record<string, string>> => {
  const { PATH: _, ...rest } = env
  return rest
}
