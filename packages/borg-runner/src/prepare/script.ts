/** The command line of a script: it gets neither the run's lock, which a daemon that it starts would hold, nor the descriptor for secrets. */
import type { WorkOf } from '@borgledger/domain'
import type { RunnerOptions } from '../options.js'

/** Its own `PATH` comes as a word: the shell around it needs ours. */
const prelude = 'exec 3<&- 9>&-; PATH=$1; export PATH; shift; exec "$@"'

export const scriptArgv = (options: RunnerOptions, { argv, env }: WorkOf<'script'>): ReadonlyArray<string> => {
  const path = env['PATH'] ?? (options.env ?? process.env)['PATH'] ?? '/usr/bin:/bin'
  return ['/bin/sh', '-c', prelude, 'script', path, ...argv]
}

/** What is added to the environment for it. */
export const scriptEnvironment = ({ env }: WorkOf<'script'>): Readonly<Record<string, string>> => {
  const { PATH: _, ...rest } = env
  return rest
}
