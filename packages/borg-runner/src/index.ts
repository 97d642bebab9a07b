/** Runs borg so that it outlives a crash of the host, and always tells how it ended; keeps a log of each job. */
export type { Installer } from './installer.js'
export { jobLogFiles } from './job-log-files.js'
export type { RunnerLog, RunnerOptions } from './options.js'
export { borgRunner } from './runner.js'
export type { SshOptions } from './ssh.js'
