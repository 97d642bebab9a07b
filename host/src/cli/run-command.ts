/** `borgledger run backup`: asks for a backup and watches it to its end. */
import { resolve } from 'node:path'
import type { JobBody } from 'borgledger'
import type { Command } from 'commander'
import { granted, type SharedOptions, withRunningLedger } from './command.js'
import { wholeNumber } from './numbers.js'
import type { Terminal } from './terminal.js'
import { watchJob } from './watch-job.js'

interface BackupOptions extends SharedOptions {
  readonly repository: string
  readonly source: ReadonlyArray<string>
  readonly exclude?: ReadonlyArray<string>
  readonly compression?: string
  readonly series?: string
  readonly archiveName?: string
  readonly allowMissingSources?: true
  readonly oneFileSystem?: true
  readonly excludeCaches?: true
  readonly excludeIfPresent?: ReadonlyArray<string>
  readonly uploadRateKib?: number
  readonly checkpointIntervalS?: number
  readonly onBusy?: 'queue' | 'refuse'
  readonly idempotencyKey?: string
}

export const addRunCommand = (program: Command, terminal: Terminal, end: (status: number) => void): void => {
  program
    .command('run')
    .description('run a job and watch it to its end')
    .command('backup')
    .description('back up folders into a repository')
    .requiredOption('--repository <id>', 'the repository')
    .requiredOption('--source <path...>', 'what to back up')
    .option('--exclude <pattern...>', "borg's own exclude patterns")
    .option('--compression <spec>', "borg's own compression string, such as zstd,3")
    .option('--series <name>', 'the series to which the archive belongs; default the id of the repository')
    .option('--archive-name <template>', 'with {series}, {time} and {job}')
    .option('--allow-missing-sources', 'go on without a source that is not there')
    .option('--one-file-system', 'stay on the file systems of the sources')
    .option('--exclude-caches', 'leave out folders with a CACHEDIR.TAG')
    .option('--exclude-if-present <name...>', 'leave out folders that hold such a file')
    .option('--upload-rate-kib <number>', 'at most so many KiB a second', wholeNumber)
    .option('--checkpoint-interval-s <number>', 'seconds between checkpoints', wholeNumber)
    .option('--on-busy <queue|refuse>', 'whether to wait for the repository and for a free slot')
    .option('--idempotency-key <key>', 'the same key asks for one job only, however often')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<BackupOptions>()
      end(
        await withRunningLedger(terminal, options, async (work) =>
          watchJob(work, granted(await work.ledger.start(bodyOf(options), options.idempotencyKey)).id),
        ),
      )
    })
}

/** Fields that were not given are left out, so that the rules of the ledger decide. */
const bodyOf = (given: BackupOptions): JobBody => ({
  type: 'backup',
  repositoryId: given.repository,
  sources: given.source.map((path) => resolve(path)),
  ...stated({
    onBusy: given.onBusy,
    excludes: given.exclude,
    compression: given.compression,
    series: given.series,
    archiveName: given.archiveName,
    allowMissingSources: given.allowMissingSources,
  }),
  options: stated({
    oneFileSystem: given.oneFileSystem,
    excludeCaches: given.excludeCaches,
    excludeIfPresent: given.excludeIfPresent,
    uploadRateKiB: given.uploadRateKib,
    checkpointIntervalS: given.checkpointIntervalS,
  }),
})

const stated = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
