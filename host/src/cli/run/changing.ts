/** `borgledger run compact`, `prune`, `archive-delete` and `package-install`: jobs that change the repository or the machine. */
import { wholeNumber } from '../numbers.js'
import { aboutRepository, type JobCommand, stated } from './job-command.js'
import { addKeepOptions, keepOf } from './keep.js'

export const compact: JobCommand = {
  type: 'compact',
  description: 'free unused space of a repository',
  addOptions: (command) => aboutRepository(command).option('--threshold <percent>', 'only segments with so much to free', wholeNumber),
  bodyOf: (given) => ({ repositoryId: given['repository'], ...stated({ threshold: given['threshold'] }) }),
}

export const prune: JobCommand = {
  type: 'prune',
  description: 'apply retention to one series, to what a pattern matches, or to all archives',
  addOptions: (command) =>
    addKeepOptions(aboutRepository(command), null)
      .option('--series <name>', 'the archives of this series')
      .option('--glob <pattern>', 'the archives whose names match')
      .option('--all-archives', 'every archive')
      .option('--dry-run', 'only say what would go'),
  bodyOf: (given) => ({
    repositoryId: given['repository'],
    keep: keepOf(given, null),
    ...stated({ series: given['series'], glob: given['glob'], allArchives: given['allArchives'], dryRun: given['dryRun'] }),
  }),
}

export const archiveDelete: JobCommand = {
  type: 'archive-delete',
  description: 'delete one archive',
  addOptions: (command) => aboutRepository(command).requiredOption('--archive <name>', 'the archive'),
  bodyOf: (given) => ({ repositoryId: given['repository'], archive: given['archive'] }),
}

export const packageInstall: JobCommand = {
  type: 'package-install',
  description: 'install a system package that the settings allow',
  addOptions: (command) => command.requiredOption('--package <name>', 'the package'),
  bodyOf: (given) => ({ package: given['package'] }),
}
