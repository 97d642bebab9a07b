/** Command lines of the short calls, for borg 1.2 and 1.4. */
import { prefix } from './prefix.js'
import { pathPattern } from './restore.js'

export const initArgv = (location: string, encryption: string): ReadonlyArray<string> => [
  ...prefix,
  'init',
  '--encryption',
  encryption,
  '--make-parent-dirs',
  location,
]

export const infoArgv = (location: string): ReadonlyArray<string> => [...prefix, 'info', '--json', location]

/** With unfinished archives, which borg leaves out unless asked. */
export const listArgv = (location: string): ReadonlyArray<string> => [
  ...prefix,
  'list',
  '--consider-checkpoints',
  '--json',
  '--format',
  '{comment}',
  location,
]

/** The archive of exactly this name, if there is one, with its comment. */
export const findArgv = (location: string, archive: string): ReadonlyArray<string> => [
  ...prefix,
  'list',
  '--json',
  '--format',
  '{comment}',
  '--glob-archives',
  archive.replace(/[*?[]/g, '[$&]'),
  location,
]

export const archiveInfoArgv = (location: string, archive: string): ReadonlyArray<string> => [
  ...prefix,
  'info',
  '--json',
  `${location}::${archive}`,
]

/** What is in an archive, a line of JSON each; below the paths, or all of it when there are none. */
export const contentsArgv = (location: string, archive: string, paths: ReadonlyArray<string>): ReadonlyArray<string> => [
  ...prefix,
  'list',
  '--json-lines',
  '--format',
  '{type}{mode}{path}{size}{mtime}{linktarget}',
  `${location}::${archive}`,
  '--',
  ...paths.map(pathPattern),
]

/** The same with a hash of each file's content, for which borg reads it. */
export const hashesArgv = (location: string, archive: string, paths: ReadonlyArray<string>): ReadonlyArray<string> => [
  ...prefix,
  'list',
  '--json-lines',
  '--format',
  '{path}{sha256}',
  `${location}::${archive}`,
  '--',
  ...paths.map(pathPattern),
]

export const breakLockArgv = (location: string): ReadonlyArray<string> => [...prefix, 'break-lock', location]
