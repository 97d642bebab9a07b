/** `borgledger token …`: who may ask this ledger over HTTP, and what. */
import { type CreatedToken, type Token, type TokenBody, TokenRole } from 'borgledger'
import { type Command, Option } from 'commander'
import { actingOn, granted, type SharedOptions, type Work } from './command.js'
import { exitStatus } from './exit-status.js'
import { sayPage } from './say.js'
import type { Terminal } from './terminal.js'

interface CreateOptions extends SharedOptions {
  readonly id?: string
  readonly name: string
  readonly role: TokenRole
  readonly expires?: string
}

export const addTokensCommands = (program: Command, terminal: Terminal, end: (status: number) => void): void => {
  const tokens = program.command('token').description('the tokens that open the HTTP API')
  const acting = actingOn(terminal, end)
  tokens.command('list', { isDefault: true }).description('all of them, without their secrets').action(acting(list))
  tokens
    .command('create')
    .description('make one, and print its secret: it is shown this once')
    .requiredOption('--name <text>', 'under which the log keeps what is done with it')
    .addOption(new Option('--role <role>', 'what it may do').choices(Object.keys(TokenRole.keys)).default('viewer'))
    .option('--expires <instant>', 'until when it holds, such as 2027-01-01T00:00:00Z; left out: until it is deleted')
    .option('--id <id>', 'what to call it in commands')
    .action(acting(create))
  tokens.command('delete').description('revoke one: it opens nothing from then on').argument('<id>', 'of the token').action(acting(remove))
}

const list = async ({ ledger, show }: Work): Promise<number> => {
  const page = granted(await ledger.tokens())
  show(page, () => sayPage(page, 'tokens', ['ID', 'ROLE', 'CREATED', 'EXPIRES', 'NAME'], rowOf))
  return exitStatus.success
}

const rowOf = ({ id, role, createdAt, expiresAt, name }: Token): ReadonlyArray<string> => [id, role, createdAt, expiresAt ?? 'never', name]

/** The secret alone stands on standard output, so that a script can take it from there. */
const create = async ({ ledger, show, json, complain }: Work, options: CreateOptions): Promise<number> => {
  const created = granted(await ledger.createToken(bodyOf(options)))
  if (!json) complain(sayCreated(created))
  show(created, () => (created.secret === null ? [] : [created.secret]))
  return exitStatus.success
}

const sayCreated = ({ id, name, role, expiresAt }: CreatedToken): string =>
  `token ${id} (${name}) is made, role ${role}, ${expiresAt === null ? 'until it is deleted' : `until ${expiresAt}`}; its secret, shown this once:`

const bodyOf = ({ id, name, role, expires }: CreateOptions): TokenBody => ({
  name,
  role,
  ...(id === undefined ? {} : { id }),
  ...(expires === undefined ? {} : { expiresAt: expires }),
})

const remove = async ({ ledger, show }: Work, _: SharedOptions, id: string): Promise<number> => {
  granted(await ledger.revokeToken(id))
  show({ id, revoked: true }, () => [`token ${id} opens nothing any more`])
  return exitStatus.success
}
