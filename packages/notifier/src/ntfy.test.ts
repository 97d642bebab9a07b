import type { ChannelOf } from '@borgledger/domain'
import { httpTarget } from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { secretsIn, sendTo, theMessage } from './fixtures/sending.js'

/** What the server got of one message. */
const published = async (config: Partial<ChannelOf<'ntfy'>['config']>, message = theMessage()) => {
  const server = await httpTarget()
  try {
    const resolveSecret = secretsIn({ TOKEN: 'hunter2', TOPIC: 'hidden' })
    assert.is(await sendTo({ kind: 'ntfy', config: { server: server.url, topic: 'backups', ...config } }, { resolveSecret, message }), null)
    const [got] = server.got
    return { body: JSON.parse(got?.body ?? ''), headers: got?.headers ?? {} }
  } finally {
    await server.close()
  }
}

test('a failure is published to its topic with a higher priority', async () => {
  const { body, headers } = await published({})
  assert.equal(body, { topic: 'backups', title: theMessage().title, message: theMessage().text, priority: 4, tags: ['warning'] })
  assert.is(headers.authorization, undefined)
  assert.is((await published({}, theMessage({ notification: 'backup-success' }))).body.priority, 3)
})

test('a token is sent as it should be, and a topic may be a reference', async () => {
  const { body, headers } = await published({ topic: { env: 'TOPIC' }, token: { env: 'TOKEN' } })
  assert.equal([body.topic, headers.authorization], ['hidden', 'Bearer hunter2'])
})

test('a long text is cut to what the server takes, between two letters', async () => {
  for (const letters of ['ä', 'xä']) {
    const { body } = await published({}, theMessage({ text: `${letters.padEnd(2)}${'ä'.repeat(5_000)}` }))
    assert.ok(Buffer.byteLength(body.message) <= 4_096)
    assert.match(body.message, /ä…$/)
  }
})

test.run()
