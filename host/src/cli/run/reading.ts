/** `borgledger run restore`, `check` and `restore-check`: jobs that only read the repository. */
import { resolve } from 'node:path'
import { wholeNumber } from '../numbers.js'
import { aboutRepository, type Given, type JobCommand, stated } from './job-command.js'

export const restore: JobCommand = {
  type: 'restore',
  description: 'extract an archive, or paths of it, to a folder here or over ssh',
  addOptions: (command) =>
    aboutRepository(command)
      .requiredOption('--archive <name>', 'the archive')
      .requiredOption('--to <folder>', 'where the files go; made when it is not there')
      .option('--path <path...>', 'what to extract; default everything')
      .option('--ssh <user@host>', 'the folder is on that machine')
      .option('--port <number>', 'of ssh', wholeNumber)
      .option('--strip-components <number>', 'leave out so many leading folders', wholeNumber),
  bodyOf: (given) => ({
    repositoryId: given['repository'],
    archive: given['archive'],
    destination: destinationOf(given),
    ...stated({ paths: given['path'], stripComponents: given['stripComponents'] }),
  }),
}

const destinationOf = ({ to, ssh, port }: Given) => (ssh === undefined ? { path: resolve(String(to)) } : stated({ ssh, path: to, port }))

export const check: JobCommand = {
  type: 'check',
  description: 'verify a repository, its archives or both',
  addOptions: (command) =>
    aboutRepository(command)
      .option('--mode <repository|archives|full>', 'what to verify', 'full')
      .option('--verify-data', 'read and verify all data too')
      .option('--max-duration-ms <number>', 'stop after so long; repository mode only', wholeNumber)
      .option('--last <number>', 'only so many newest archives', wholeNumber),
  bodyOf: (given) => ({
    repositoryId: given['repository'],
    mode: given['mode'],
    ...stated({ verifyData: given['verifyData'], maxDurationMs: given['maxDurationMs'], last: given['last'] }),
  }),
}

export const restoreCheck: JobCommand = {
  type: 'restore-check',
  description: 'prove that an archive, or paths of it, can be restored',
  addOptions: (command) =>
    aboutRepository(command)
      .option('--archive <name>', 'the archive, or latest', 'latest')
      .option('--path <path...>', 'what to restore; default everything')
      .option('--mode <extract|dry-run>', 'extract and compare, or only read', 'extract'),
  bodyOf: (given) => ({
    repositoryId: given['repository'],
    archive: given['archive'],
    mode: given['mode'],
    ...stated({ paths: given['path'] }),
  }),
}
