import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { readSettings } from './settings.js'

const problemsOf = (env: NodeJS.ProcessEnv): ReadonlyArray<string> => {
  const settings = readSettings(env)
  return E.isLeft(settings) ? settings.left : []
}

test('nothing set means the data directory ./data, loopback, and no secret store', () => {
  assert.equal(
    readSettings({ PATH: '/bin' }),
    E.right({
      dataDir: './data',
      listen: { host: '127.0.0.1', port: 8787 },
      adminToken: null,
      logLevel: 'info',
      secretKeyFile: null,
      remote: null,
    }),
  )
})

test('everything set is taken', () => {
  const env = {
    BORGLEDGER_DATA_DIR: '/srv/ledger',
    BORGLEDGER_LISTEN: '[::1]:0',
    BORGLEDGER_ADMIN_TOKEN: 'tok',
    BORGLEDGER_LOG_LEVEL: 'debug',
    BORGLEDGER_SECRET_KEY_FILE: '/etc/key',
    BORGLEDGER_STORE: 'sqlite',
    BORGLEDGER_URL: 'https://ledger.example/',
    BORGLEDGER_TOKEN: 'other',
  }
  assert.equal(
    readSettings(env),
    E.right({
      dataDir: '/srv/ledger',
      listen: { host: '::1', port: 0 },
      adminToken: 'tok',
      logLevel: 'debug',
      secretKeyFile: '/etc/key',
      remote: { url: 'https://ledger.example', token: 'other' },
    }),
  )
})

test('all that is unknown or wrong is named at once', () => {
  const problems = problemsOf({
    BORGLEDGER_DATADIR: '/srv',
    BORGLEDGER_LISTEN: '8787',
    BORGLEDGER_LOG_LEVEL: 'loud',
    BORGLEDGER_STORE: 'oracle',
    BORGLEDGER_DATA_DIR: '',
    BORGLEDGER_URL: 'ftp://x',
  })
  assert.equal(problems.map((problem) => /^[A-Z_]+/.exec(problem)?.[0]).sort(), [
    'BORGLEDGER_DATADIR',
    'BORGLEDGER_DATA_DIR',
    'BORGLEDGER_LISTEN',
    'BORGLEDGER_LOG_LEVEL',
    'BORGLEDGER_STORE',
    'BORGLEDGER_URL',
    'BORGLEDGER_URL',
  ])
})

test('neither an unknown value nor a token is repeated: either may be a secret', () => {
  const problems = problemsOf({ BORGLEDGER_PASSPHRASE: 'hunter2', BORGLEDGER_ADMIN_TOKEN: 'two words', BORGLEDGER_TOKEN: 'also secret' })
  assert.is(problems.length, 4)
  assert.not.match(problems.join(), /hunter2|two words|also secret/)
})

test('what we tell the programs that we start is no setting of theirs', () => {
  assert.equal(problemsOf({ BORGLEDGER_HOOK_JOB_ID: 'job_1', BORGLEDGER_RUN_ID: 'run_1' }), [])
})

test('an address needs a host and a port that exists', () => {
  for (const listen of ['localhost', ':80', 'host:65536', 'host:x', '::1:80', '[::1]', 'a b:80']) {
    assert.is(problemsOf({ BORGLEDGER_LISTEN: listen }).length, 1, listen)
  }
  for (const listen of ['localhost:80', '0.0.0.0:0', 'my-host.example:65535', '[2001:db8::1]:443']) {
    assert.equal(problemsOf({ BORGLEDGER_LISTEN: listen }), [], listen)
  }
})

test.run()
