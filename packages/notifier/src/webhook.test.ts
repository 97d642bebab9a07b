import { createHmac } from 'node:crypto'
import { type HttpTarget, httpTarget, type Respond } from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { secretsIn, sendTo, theMessage } from './fixtures/sending.js'
import { signatureOf } from './index.js'

const resolveSecret = secretsIn({ HOOK_SECRET: 'hunter2' })
const secret = { env: 'HOOK_SECRET' }
const nowMs = () => Date.parse('2026-11-03T02:13:05.900Z')

const withTarget = async (use: (target: HttpTarget) => Promise<void>, respond?: Respond): Promise<void> => {
  const target = await httpTarget(respond)
  await use(target).finally(target.close)
}
const answering =
  (status: number, headers = {}): Respond =>
  (response) =>
    response.writeHead(status, headers).end('hunter2')

test('the message arrives as JSON, with its id, its time, and a signature over both', () =>
  withTarget(async ({ url, got }) => {
    assert.is(await sendTo({ kind: 'webhook', config: { url: `${url}/hook?x=1`, secret } }, { resolveSecret, nowMs }), null)
    const [{ method, url: path, headers, body } = { method: '', url: '', headers: {}, body: '' }] = got
    assert.equal([got.length, method, path, headers['content-type']], [1, 'POST', '/hook?x=1', 'application/json'])
    assert.equal(JSON.parse(body), theMessage())
    const timestamp = String(Math.floor(nowMs() / 1000))
    assert.equal([headers['x-borgledger-delivery'], headers['x-borgledger-timestamp']], [theMessage().id, timestamp])
    const expected = createHmac('sha256', 'hunter2').update(`${timestamp}.${body}`).digest('hex')
    assert.is(headers['x-borgledger-signature'], `sha256=${expected}`)
    assert.is(headers['x-borgledger-signature'], signatureOf('hunter2', timestamp, body))
  }))

test('a target without a secret gets no signature, and the address may be a reference', () =>
  withTarget(async ({ url, got }) => {
    assert.is(await sendTo({ kind: 'webhook', config: { url: { env: 'ADDRESS' } } }, { resolveSecret: secretsIn({ ADDRESS: url }) }), null)
    assert.is(got[0]?.headers['x-borgledger-signature'], undefined)
  }))

for (const [status, permanent] of [
  [500, false],
  [503, false],
  [400, true],
  [401, true],
  [404, true],
  [408, false],
  [425, false],
  [429, false],
] as const)
  test(`HTTP ${status} ${permanent ? 'is a refusal' : 'may pass'}`, () =>
    withTarget(async ({ url }) => {
      assert.equal(await sendTo({ kind: 'webhook', config: { url } }), { message: `HTTP ${status}`, permanent })
    }, answering(status)))

test('a redirect is not followed: what is signed for one place goes to no other', () =>
  withTarget((elsewhere) =>
    withTarget(
      async ({ url }) => {
        const problem = await sendTo({ kind: 'webhook', config: { url } })
        assert.equal(problem, { message: 'HTTP 307: a redirect is not followed', permanent: true })
        assert.is(elsewhere.got.length, 0)
      },
      answering(307, { Location: elsewhere.url }),
    ),
  ))

test('a target that does not answer is given up at the limit', () =>
  withTarget(
    async ({ url }) => {
      const problem = await sendTo({ kind: 'webhook', config: { url } }, { timeoutMs: 50 })
      assert.equal(problem, { message: 'no answer within 50 ms', permanent: false })
    },
    () => undefined,
  ))

test('a target that writes without end is heard no further than its status', () =>
  withTarget(
    async ({ url }) => assert.is(await sendTo({ kind: 'webhook', config: { url } }), null),
    (response) => {
      response.writeHead(200)
      const more = (): void => void (response.destroyed || response.write('x'.repeat(65_536), more))
      more()
    },
  ))

test('a target that is not there is told of by the code of the system', async () => {
  const gone = await httpTarget()
  await gone.close()
  assert.equal(await sendTo({ kind: 'webhook', config: { url: gone.url } }), { message: 'no connection: ECONNREFUSED', permanent: false })
})

test('an attempt ends with the host', () => {
  const stop = new AbortController()
  return withTarget(
    async ({ url }) => {
      const problem = await sendTo({ kind: 'webhook', config: { url } }, { stop: stop.signal })
      assert.equal(problem, { message: 'the host ends', permanent: false })
    },
    () => stop.abort(),
  )
})

test('a secret that cannot be had, or an address that is none, is told of without a word of it', async () => {
  const lost = await sendTo({ kind: 'webhook', config: { url: 'http://127.0.0.1:9/', secret: { env: 'LOST' } } })
  assert.equal(lost, { message: 'the secret cannot be had', permanent: false })
  for (const address of ['hunter2', 'https://anna:hunter2@127.0.0.1/', 'file:///hunter2']) {
    const problem = await sendTo(
      { kind: 'webhook', config: { url: { env: 'ADDRESS' } } },
      { resolveSecret: secretsIn({ ADDRESS: address }) },
    )
    assert.is(problem?.permanent, true)
    assert.not.match(problem?.message ?? '', /hunter2/)
  }
})

test.run()
