/** What borg is started with: its arguments and its environment. */
import * as TE from 'fp-ts/lib/TaskEither.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { findArgv } from './argv/calls.js'
import { createArgv } from './argv/create.js'
import { borgEnvironment } from './environment.js'

const work = (spec: object) =>
  ({ kind: 'create', archive: 'a-1', comment: 'series=a job=j', spec: { sources: ['/home'], ...spec } }) as const

test('the paths come last, after a double dash, so that none is taken for an option', () => {
  const argv = createArgv('/repository', work({ sources: ['/-strange', '/home'] }))
  assert.equal(argv.slice(-4), ['/repository::a-1', '--', '/-strange', '/home'])
})

test('an exclude that begins with a dash stays an exclude', () => {
  const argv = createArgv('/repository', work({ excludes: ['-x', 'sh:**/cache'] }))
  assert.ok(argv.includes('--exclude=-x'))
  assert.ok(argv.includes('--exclude=sh:**/cache'))
})

test('options are given only when they are asked for', () => {
  const plain = createArgv('/repository', work({}))
  for (const option of ['--compression', '--one-file-system', '--exclude-caches', '--upload-ratelimit']) assert.not(plain.includes(option))
  const options = { oneFileSystem: true, excludeCaches: true, excludeIfPresent: ['.no'], uploadRateKiB: 5, checkpointIntervalS: 60 }
  const full = createArgv('/repository', work({ compression: 'zstd,3', options })).join(' ')
  for (const option of ['--compression zstd,3', '--one-file-system', '--exclude-caches', '--exclude-if-present=.no'])
    assert.match(full, option)
  assert.match(full, '--upload-ratelimit 5')
  assert.match(full, '--checkpoint-interval 60')
})

test('the archive is looked for by its name, not by a pattern that its name could be', () => {
  assert.ok(findArgv('/repository', 'a[1]*?').includes('a[[]1][*][?]'))
})

const options = {
  dataDir: "/data/o'clock",
  hostId: 'node@1',
  resolveSecret: () => TE.right('canary'),
  env: { PATH: '/bin', HOME: '/root', BORG_REPO: '/other', BORG_PASSPHRASE: 'leak', AWS_SECRET: 'leak', SSH_AUTH_SOCK: '/run/agent' },
}
const call = { token: 'run-1', tmp: "/data/o'clock/tmp/run-1", sshLog: "/data/o'clock/ssh.log" }

test('nothing of the operator’s shell leaks in but what is on the list', () => {
  const env = borgEnvironment(options, { location: '/r', passphrase: { env: 'P' }, executable: null }, call)
  assert.not.match(JSON.stringify(env), /leak|canary|BORG_REPO/)
  assert.is(env['SSH_AUTH_SOCK'], '/run/agent')
  assert.is(env['BORG_PASSPHRASE_FD'], '3')
  assert.is(env['BORG_HOST_ID'], 'node@1')
  assert.is(env['TZ'], 'UTC')
  assert.is(env['TMPDIR'], call.tmp)
  assert.is(env['BORGLEDGER_RUN_ID'], 'run-1')
  assert.not('BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK' in env)
})

test('a repository without encryption is answered for, and gets no passphrase', () => {
  const env = borgEnvironment(options, { location: '/r', passphrase: null, executable: null }, call)
  assert.is(env['BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK'], 'yes')
  assert.not('BORG_PASSPHRASE_FD' in env)
})

test('ssh never asks, takes no key on trust, notices a dead peer, and its log’s name is quoted', () => {
  const rsh = borgEnvironment(options, { location: '/r', passphrase: null, executable: null }, call)['BORG_RSH'] ?? ''
  for (const option of ['BatchMode=yes', 'StrictHostKeyChecking=yes', 'ServerAliveInterval=15']) assert.match(rsh, option)
  assert.ok(rsh.endsWith(`-E '/data/o'"'"'clock/ssh.log'`), rsh)
})

test.run()
