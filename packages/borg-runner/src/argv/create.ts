/** The command line of a backup. No secret ever stands in one: borg itself puts its command line into the archive's metadata. */
import type { WorkOf } from '@borgledger/domain'
import { prefix } from './prefix.js'

/** A checkpoint loses at most so much work of an interrupted backup; borg's own default is half an hour. */
const checkpointIntervalS = 300

export const createArgv = (location: string, { archive, comment, spec }: WorkOf<'create'>): ReadonlyArray<string> => {
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
