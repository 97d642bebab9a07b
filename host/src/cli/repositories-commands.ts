/** `borgledger repositories …`: which repositories there are, and one more. */
import type { Repository, RepositoryBody, SecretRef } from 'borgledger'
import { type Command, Option } from 'commander'
import { actingOn, granted, type SharedOptions, type Work } from './command.js'
import { exitStatus } from './exit-status.js'
import { type AtOption, atOption } from './moment.js'
import { sayPage } from './say.js'
import type { Terminal } from './terminal.js'

interface AddOptions extends SharedOptions {
  readonly id?: string
  readonly name: string
  readonly location: string
  readonly create?: string
  readonly passphraseEnv?: string
  readonly passphraseFile?: string
  readonly passphraseSecret?: string
}

export const addRepositoriesCommands = (program: Command, terminal: Terminal, end: (status: number) => void): void => {
  const repositories = program.command('repositories').description('the repositories that are known')
  const acting = actingOn(terminal, end)
  repositories
    .command('list', { isDefault: true })
    .description('all of them')
    .option(...atOption)
    .action(acting(list))
  repositories
    .command('add')
    .description('register a repository, and make it if asked to')
    .option('--id <id>', 'what to call it in commands')
    .requiredOption('--name <text>', 'what people call it')
    .requiredOption('--location <path|url>', 'an absolute path, ssh://… or host:path')
    .option('--create <encryption>', 'make the borg repository if there is none, with this encryption')
    .addOption(
      new Option('--passphrase-env <name>', 'the variable of the ledger that holds the passphrase').conflicts([
        'passphraseFile',
        'passphraseSecret',
      ]),
    )
    .addOption(new Option('--passphrase-file <path>', 'the file that holds it').conflicts(['passphraseSecret']))
    .option('--passphrase-secret <name>', 'the secret of the secret store that is it')
    .action(acting(add))
}

const list = async ({ ledger, show }: Work, { at }: AtOption): Promise<number> => {
  const page = granted(await ledger.repositories(at))
  show(page, () => sayPage(page, 'repositories', ['ID', 'LOCATION', 'LAST BACKUP', 'NAME'], rowOf))
  return exitStatus.success
}

const rowOf = ({ id, location, lastBackup, name }: Repository): ReadonlyArray<string> => [id, location, lastBackup?.finishedAt ?? '-', name]

const add = async ({ ledger, show }: Work, options: AddOptions): Promise<number> => {
  const added = granted(await ledger.addRepository(bodyOf(options)))
  show(added, () => [`${added.id} is registered: ${added.location}${added.borgId === null ? ' (not seen yet)' : ''}`])
  return exitStatus.success
}

const bodyOf = (given: AddOptions): RepositoryBody => {
  const passphrase = passphraseOf(given)
  return {
    name: given.name,
    location: given.location,
    ...(given.id === undefined ? {} : { id: given.id }),
    ...(given.create === undefined ? {} : { create: { encryption: given.create } }),
    ...(passphrase === null ? {} : { passphrase }),
  }
}

const passphraseOf = ({ passphraseEnv, passphraseFile, passphraseSecret }: AddOptions): SecretRef | null => {
  if (passphraseEnv !== undefined) return { env: passphraseEnv }
  if (passphraseFile !== undefined) return { file: passphraseFile }
  return passphraseSecret === undefined ? null : { secret: passphraseSecret }
}
