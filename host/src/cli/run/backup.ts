/** `borgledger run backup`. */
import { resolve } from 'node:path'
import { wholeNumber } from '../numbers.js'
import { aboutRepository, type Given, type JobCommand, stated } from './job-command.js'
import { addKeepOptions, keepOf } from './keep.js'

export const backup: JobCommand = {
  type: 'backup',
  description: 'back up folders into a repository',
  addOptions: (command) =>
    addKeepOptions(aboutRepository(command), 'prune')
      .requiredOption('--source <path...>', 'what to back up')
      .option('--exclude <pattern...>', "borg's own exclude patterns")
      .option('--compression <spec>', "borg's own compression string, such as zstd,3")
      .option('--series <name>', 'the series to which the archive belongs; default the id of the repository')
      .option('--archive-name <template>', 'with {series}, {time} and {job}')
      .option('--allow-missing-sources', 'go on without a source that is not there')
      .option('--compact', 'free unused space afterwards')
      .option('--pre <id...>', 'run these scripts before; if one fails, so does the backup')
      .option('--post <id...>', 'run these scripts afterwards, whatever came of it')
      .option('--one-file-system', 'stay on the file systems of the sources')
      .option('--exclude-caches', 'leave out folders with a CACHEDIR.TAG')
      .option('--exclude-if-present <name...>', 'leave out folders that hold such a file')
      .option('--upload-rate-kib <number>', 'at most so many KiB a second', wholeNumber)
      .option('--checkpoint-interval-s <number>', 'seconds between checkpoints', wholeNumber),
  bodyOf: (given) => ({
    repositoryId: given['repository'],
    sources: (given['source'] as ReadonlyArray<string>).map((path) => resolve(path)),
    ...stated({
      excludes: given['exclude'],
      compression: given['compression'],
      series: given['series'],
      archiveName: given['archiveName'],
      allowMissingSources: given['allowMissingSources'],
      compact: given['compact'],
    }),
    ...pruneOf(given),
    ...scriptsOf(given),
    options: stated({
      oneFileSystem: given['oneFileSystem'],
      excludeCaches: given['excludeCaches'],
      excludeIfPresent: given['excludeIfPresent'],
      uploadRateKiB: given['uploadRateKib'],
      checkpointIntervalS: given['checkpointIntervalS'],
    }),
  }),
}

const scriptsOf = (given: Given) => {
  const hooks = (['pre', 'post'] as const).flatMap((phase) => ((given[phase] ?? []) as ReadonlyArray<string>).map((id) => ({ id, phase })))
  return hooks.length === 0 ? {} : { scripts: hooks }
}

const pruneOf = (given: Given) => {
  const keep = keepOf(given, 'prune')
  return Object.keys(keep).length === 0 ? {} : { prune: { keep } }
}
