import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { decodeWith } from '../codec/index.js'
import { Channel } from './index.js'

const secret = { env: 'HOOK_SECRET' }
const pathsWrong = (kind: string, config: unknown): ReadonlyArray<string> => {
  const decoded = decodeWith(Channel, { kind, config })
  return E.isLeft(decoded) ? decoded.left.map(({ path }) => path) : []
}

test('each kind of target takes what it needs', () => {
  for (const [kind, config] of [
    ['webhook', { url: 'https://hooks.example/x?y=1' }],
    ['webhook', { url: { secret: 'address' }, secret }],
    ['smtp', { host: 'mail.example', from: 'a@b', to: ['c@d'] }],
    ['smtp', { host: 'mail.example', port: 465, security: 'tls', user: 'u', password: secret, from: 'a@b', to: ['c@d'] }],
    ['ntfy', { topic: 'backups' }],
    ['ntfy', { topic: { file: '/run/topic' }, server: 'http://127.0.0.1:8080', token: secret }],
    ['apprise', { urls: secret }],
  ] as const)
    assert.equal(pathsWrong(kind, config), [], kind)
})

test('a secret that stands in the configuration itself is refused', () => {
  assert.equal(pathsWrong('webhook', { url: 'https://h/x', secret: 'hunter2' }), ['config.secret'])
  assert.equal(pathsWrong('smtp', { host: 'h', from: 'a@b', to: ['c@d'], password: 'hunter2' }), ['config.password'])
  assert.equal(pathsWrong('ntfy', { topic: 't', token: 'hunter2' }), ['config.token'])
  assert.equal(pathsWrong('apprise', { urls: 'mailto://user:hunter2@gmail.com' }), ['config.urls'])
})

test('an address with a user in it is refused, and so is what is no address of the web', () => {
  for (const url of ['https://anna:hunter2@h/x', 'https://anna@h/x', 'ftp://h/x', 'file:///etc/passwd', 'h/x', ''])
    assert.equal(pathsWrong('webhook', { url }), ['config.url'], url)
})

test('what a kind does not know, or lacks, is named', () => {
  assert.equal(pathsWrong('webhook', { url: 'https://h/x', method: 'GET' }), ['config.method'])
  assert.equal(pathsWrong('smtp', { host: 'h', from: 'a@b', to: [], port: 0 }), ['config.to', 'config.port'])
  assert.equal(pathsWrong('apprise', {}), ['config.urls'])
})

test.run()
