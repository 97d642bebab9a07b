/**
 * Command lines for borg 1.2 and 1.4. No secret ever stands in one: borg itself puts its command line into the archive's metadata.
 */
import type { CreateWork } from '@borgledger/engine'

/** A checkpoint loses at most so much work of an interrupted backup; borg's own default is half an hour. */
const checkpointIntervalS = 300

const prefix = ['--log-json', '--show-rc', '--lock-wait', '5']

export const createArgv = (location: string, { archive, comment, spec }: CreateWork): ReadonlyArray<string> => {
  const { options = {}, compression, excludes = [], sources } = spec
  return [
    ...prefix,
    '--progress',
    'create',
    '--json',
    '--comment',
    comment,
    '--checkpoint-interval',
    String(options.checkpointIntervalS ?? checkpointIntervalS),
    ...(compression === undefined ? [] : ['--compression', compression]),
    ...(options.oneFileSystem === true ? ['--one-file-system'] : []),
    ...(options.excludeCaches === true ? ['--exclude-caches'] : []),
    ...(options.excludeIfPresent ?? []).map((name) => `--exclude-if-present=${name}`),
    ...(options.uploadRateKiB === undefined ? [] : ['--upload-ratelimit', String(options.uploadRateKiB)]),
    ...excludes.map((pattern) => `--exclude=${pattern}`),
    `${location}::${archive}`,
    '--',
    ...sources,
  ]
}

export const initArgv = (location: string, encryption: string): ReadonlyArray<string> => [
  ...prefix,
  'init',
  '--encryption',
  encryption,
  '--make-parent-dirs',
  location,
]

export const infoArgv = (location: string): ReadonlyArray<string> => [...prefix, 'info', '--json', location]

/** The archive of exactly this name, if there is one, with its comment. Unfinished archives (`.checkpoint`) are not listed. */
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
