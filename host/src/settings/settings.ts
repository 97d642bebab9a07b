/**
 * The program's settings: environment variables that begin with `BORGLEDGER_`. One that is not known is an error, so that a typing mistake is
 * never a silent default.
 */
import { decodeWith } from 'borgledger'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { ListenAddress } from './listen-address.js'
import { HttpUrl, PathText, Token } from './texts.js'

const LogLevel = t.keyof({ trace: null, debug: null, info: null, warn: null, error: null, fatal: null, silent: null })

const Variables = t.partial({
  BORGLEDGER_DATA_DIR: PathText,
  BORGLEDGER_LISTEN: ListenAddress,
  BORGLEDGER_ADMIN_TOKEN: Token,
  BORGLEDGER_LOG_LEVEL: LogLevel,
  BORGLEDGER_SECRET_KEY_FILE: PathText,
  BORGLEDGER_STORE: t.literal('sqlite'),
  BORGLEDGER_URL: HttpUrl,
  BORGLEDGER_TOKEN: Token,
})

export interface HostSettings {
  readonly dataDir: string
  readonly listen: ListenAddress
  /** Null: one is made at the first start and kept in the data directory. */
  readonly adminToken: string | null
  readonly logLevel: t.TypeOf<typeof LogLevel>
  /** Null: the secret store is refused. */
  readonly secretKeyFile: string | null
  /** A ledger elsewhere, for the command line; null: the one in the data directory. */
  readonly remote: { readonly url: string; readonly token: string } | null
}

const prefix = 'BORGLEDGER_'
/** Ours, but told to the programs we start: a hook script or an ssh proxy may call the command line. */
const toldToChildren = /^BORGLEDGER_(HOOK_|RUN_ID$)/

/** Left: a sentence for each variable that is unknown or wrong. None repeats the value of an unknown one, which may be a secret. */
export const readSettings = (env: NodeJS.ProcessEnv): E.Either<ReadonlyArray<string>, HostSettings> => {
  const ours = Object.entries(env).filter(([name]) => name.startsWith(prefix) && !toldToChildren.test(name))
  const unknown = ours.filter(([name]) => !(name in Variables.props)).map(([name]) => `${name}: there is no such setting`)
  const decoded = decodeWith(Variables, Object.fromEntries(ours.filter(([name]) => name in Variables.props)))
  const wrong = E.isLeft(decoded) ? decoded.left.map(({ path, message }) => `${path}: ${message}`) : []
  const problems = [...unknown, ...wrong, ...halfRemote(env)]
  return E.isLeft(decoded) || problems.length > 0 ? E.left(problems) : E.right(withDefaults(decoded.right))
}

const halfRemote = ({ BORGLEDGER_URL: url, BORGLEDGER_TOKEN: token }: NodeJS.ProcessEnv): ReadonlyArray<string> =>
  (url === undefined) === (token === undefined) ? [] : ['BORGLEDGER_URL and BORGLEDGER_TOKEN: expected both or neither']

const withDefaults = (given: t.TypeOf<typeof Variables>): HostSettings => {
  const { BORGLEDGER_URL: url, BORGLEDGER_TOKEN: token } = given
  return {
    dataDir: given.BORGLEDGER_DATA_DIR ?? './data',
    listen: given.BORGLEDGER_LISTEN ?? { host: '127.0.0.1', port: 8787 },
    adminToken: given.BORGLEDGER_ADMIN_TOKEN ?? null,
    logLevel: given.BORGLEDGER_LOG_LEVEL ?? 'info',
    secretKeyFile: given.BORGLEDGER_SECRET_KEY_FILE ?? null,
    remote: url === undefined || token === undefined ? null : { url, token },
  }
}
