/** Installs packages of the operating system: a small port, with Debian's apt behind it unless something else is given. */
import { execFile } from 'node:child_process'

export interface Installer {
  /** The program and its arguments; what it writes goes to the job log, its exit code says whether it is installed. */
  readonly installArgv: (name: string) => ReadonlyArray<string>
  /** Of the installed package; null when there is none. */
  readonly versionOf: (name: string) => Promise<string | null>
}

const queryMsMax = 30_000

export const aptInstaller: Installer = {
  installArgv: (name) => ['apt-get', 'install', '-y', '--no-install-recommends', '--', name],
  versionOf: (name) =>
    new Promise((resolve) => {
      const words = ['--show', `--showformat=\${Version}`, '--', name]
      execFile('dpkg-query', words, { timeout: queryMsMax }, (error, stdout) => resolve(error === null && stdout !== '' ? stdout : null))
    }),
}

/** Debian's rule for names of packages. Null when it is one. */
export const packageProblem = (name: string): string | null =>
  /^[a-z0-9][a-z0-9+.-]{1,127}$/.test(name) ? null : `${JSON.stringify(name)} is no name of a package`
