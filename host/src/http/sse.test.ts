import { once } from 'node:events'
import { Hono } from 'hono'
import { pino } from 'pino'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { sseEvents } from '../fixtures/sse-events.js'
import { openStreams } from './open-streams.js'
import type { AppEnv } from './route.js'
import { type Message, sse } from './sse.js'

type Messages = (signal: AbortSignal) => AsyncIterable<Message>

let isKnown = true

const served = async (messages: Messages, timing: Parameters<typeof openStreams>[1] = {}, outgoing?: { destroy: () => void }) => {
  const streams = openStreams(pino({ level: 'silent' }), timing)
  isKnown = true
  const app = new Hono<AppEnv>()
    .use(async (c, next) => {
      c.set('isKnown', () => isKnown)
      await next()
    })
    .get('/', (c) => sse(c, streams, messages))
  const response = await app.request('/', {}, outgoing === undefined ? {} : { outgoing })
  return { streams, events: sseEvents(response) }
}

const left = async (signal: AbortSignal): Promise<void> => {
  if (!signal.aborted) await once(signal, 'abort')
}

async function* silence(signal: AbortSignal): AsyncGenerator<Message> {
  await left(signal)
  yield* []
}

test('messages are told as they come, and the stream ends with them', async () => {
  const { events } = await served(async function* () {
    yield { event: 'a', data: 'one\ntwo', id: '1' }
    yield { event: 'b', data: '' }
  })
  assert.is((await events.next())?.comment, 'open')
  assert.equal(await events.next(), { event: 'a', id: '1', data: 'one\ntwo' })
  assert.equal(await events.next(), { event: 'b', data: '' })
  assert.is(await events.next(), null)
})

test('silence is filled with comments, so that both sides know of each other', async () => {
  const { events, streams } = await served(silence, { heartbeatMs: 5 })
  await events.next()
  assert.is((await events.next())?.comment, 'still here')
  streams.endAll()
})

test('shutting down ends a stream, also one that begins afterwards', async () => {
  const { events, streams } = await served(silence)
  await events.next()
  streams.endAll()
  assert.is(await events.next(), null)
  const late = sseEvents(await new Hono<AppEnv>().get('/', (c) => sse(c, streams, silence)).request('/'))
  assert.is(await late.nextMessage(), null)
})

test('a reader who is not known any more is told nothing more, at the latest with the next heartbeat', async () => {
  for (const heartbeatMs of [60_000, 5]) {
    const { events, streams } = await served(silence, { heartbeatMs })
    await events.next()
    isKnown = false
    if (heartbeatMs === 60_000) streams.review()
    assert.is(await events.nextMessage(), null)
  }
})

test('what comes after a reader is not known any more is kept from them', async () => {
  const { events } = await served(async function* () {
    yield { event: 'a', data: '' }
    isKnown = false
    yield { event: 'b', data: '' }
  })
  assert.is((await events.nextMessage())?.event, 'a')
  assert.is(await events.nextMessage(), null)
})

test('a reader who leaves ends the source', async () => {
  let ended = (): void => undefined
  const end = new Promise<void>((resolve) => (ended = resolve))
  const { events } = await served(async function* (signal) {
    yield { event: 'a', data: '' }
    await left(signal)
    ended()
  })
  await events.nextMessage()
  await events.leave()
  await end
})

test('a client that takes nothing is cut off, having been told no more than a few messages ahead', async () => {
  let asked = 0
  let cut = (): void => undefined
  const cutOff = new Promise<void>((resolve) => (cut = resolve))
  await served(
    async function* (signal) {
      for (; !signal.aborted; asked += 1) yield { event: 'a', data: 'x'.repeat(1000) }
    },
    { stallMsMax: 20 },
    { destroy: () => cut() },
  )
  await cutOff
  assert.ok(asked < 5, `asked for ${asked} messages`)
})

test('a source that breaks ends the stream without telling why', async () => {
  const { events } = await served(async function* () {
    yield { event: 'a', data: '' }
    throw new Error('insides')
  })
  await events.nextMessage()
  assert.is(await events.next(), null)
})

test.run()
