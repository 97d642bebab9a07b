/** Command lines that take files out of an archive, or look whether they could be. */
import type { WorkOf } from '@borgledger/domain'
import { prefix } from './prefix.js'

interface Chosen {
  readonly archive: string
  readonly paths: ReadonlyArray<string>
}

/** Archives hold absolute paths without the leading slash. As a path and all that is below it, whatever signs are in it. */
export const pathPattern = (path: string): string => `pp:${archivedPath(path)}`

export const archivedPath = (path: string): string => path.replace(/^\/+/, '')

/** Into the working directory. */
export const extractArgv = (
  location: string,
  { archive, paths, stripComponents }: Omit<WorkOf<'extract'>, 'kind' | 'destination'>,
): ReadonlyArray<string> => [...prefix, '--progress', 'extract', ...strip(stripComponents), ...source(location, { archive, paths })]

/** As a tar file to stdout. */
export const exportTarArgv = (
  location: string,
  { archive, paths, stripComponents }: Omit<WorkOf<'extract'>, 'kind' | 'destination'>,
): ReadonlyArray<string> => [
  ...prefix,
  '--progress',
  'export-tar',
  ...strip(stripComponents),
  `${location}::${archive}`,
  '-',
  '--',
  ...paths.map(pathPattern),
]

/** Reads and verifies everything, writes nothing. */
export const dryExtractArgv = (location: string, chosen: Chosen): ReadonlyArray<string> => [
  ...prefix,
  '--progress',
  'extract',
  '--dry-run',
  ...source(location, chosen),
]

const strip = (components: number): ReadonlyArray<string> => (components === 0 ? [] : ['--strip-components', String(components)])

const source = (location: string, { archive, paths }: Chosen): ReadonlyArray<string> => [
  `${location}::${archive}`,
  '--',
  ...paths.map(pathPattern),
]
