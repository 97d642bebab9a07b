// What a fresh machine lacks: the packages of package-lock.json, and programs of the system. Only Node and npm are taken for granted.
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

const run = (command, args, options = {}) => spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options }).status === 0

/** Runs npm, the one that runs us if there is one. False when it failed. */
export const npm = (...args) => {
  const path = process.env.npm_execpath
  return path?.endsWith('.js') ? run(process.execPath, [path, ...args]) : run('npm', args)
}

/** True when `node_modules` holds just what package-lock.json says, by npm's own list of what it installed. */
export const isInstalled = (base = root) => {
  const installed = join(base, 'node_modules/.package-lock.json')
  if (!existsSync(installed)) return false
  const found = JSON.parse(readFileSync(installed, 'utf8')).packages
  const wanted = JSON.parse(readFileSync(join(base, 'package-lock.json'), 'utf8')).packages
  return Object.entries(wanted)
    .filter(([path, { optional, devOptional }]) => path.includes('node_modules/') && !optional && !devOptional)
    .every(([path, { version, link }]) => found[path]?.version === version && found[path]?.link === link && path in found)
}

/** Installs the dependencies unless they are there. False when npm failed. */
export const installDependencies = () => {
  if (isInstalled()) return true
  console.log('installing dependencies (npm ci)')
  return npm('ci')
}

/** Daemons stand where the path of a plain user does not lead. */
const daemonFolders = ['/usr/sbin', '/usr/local/sbin']

export const onPath = (program) =>
  [...(process.env.PATH ?? '').split(delimiter), ...daemonFolders].some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })

/** Debian's package of each program that the project uses and a bare system may lack. */
const debianPackages = { borg: 'borgbackup', sshd: 'openssh-server' }

const packagesOf = (programs) => programs.map((program) => debianPackages[program])

/** Installs what is missing with apt-get, if we may. Gives the programs that are still missing. */
export const installPrograms = (programs = Object.keys(debianPackages)) => {
  const missing = programs.filter((program) => !onPath(program))
  if (missing.length > 0 && process.getuid?.() === 0 && onPath('apt-get')) aptInstall(packagesOf(missing))
  return programs.filter((program) => !onPath(program))
}

/** `RUNLEVEL=1`: by which Debian's packages take it that this is no time to start a service. */
const aptInstall = (packages) => {
  console.log(`installing ${packages.join(', ')} (apt-get)`)
  const options = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' } }
  return run('apt-get', ['update'], options) && run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], options)
}

/** One line for a person who has to install them. */
export const sayMissing = (programs) =>
  `missing: ${programs.join(', ')} (on Debian and Ubuntu: apt-get install ${packagesOf(programs).join(' ')})`
