import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { Hono } from 'hono'
import { pino } from 'pino'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openStreams } from '../http/open-streams.js'
import type { AppEnv } from '../http/route.js'
import { sse } from '../http/sse.js'
import { type Listening, listen } from './listening.js'

const pieceBytes = 256 * 1024
let told = 0
let listening: Listening
let givenUp: Promise<void>

const start = async (timing: Parameters<typeof openStreams>[1]): Promise<void> => {
  told = 0
  let giveUp = (): void => undefined
  givenUp = new Promise((resolve) => (giveUp = resolve))
  const streams = openStreams(pino({ level: 'silent' }), timing)
  const app = new Hono<AppEnv>().get('/', (c) => {
    c.set('isKnown', () => true)
    return sse(c, streams, async function* (signal) {
      for (; !signal.aborted; told += 1) yield { event: 'much', data: 'x'.repeat(pieceBytes) }
      giveUp()
    })
  })
  listening = await listen({ host: '127.0.0.1', port: 0 }, app, streams)
}

/** Asks for the stream and takes nothing of it, once its answer has begun. */
const deafClient = async (): Promise<Socket> => {
  const socket = connect(Number(new URL(listening.url).port), '127.0.0.1')
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await once(socket, 'readable')
  socket.on('error', () => undefined)
  return socket
}

/** Whether the other side has let the connection go shows only to who reads. */
const closed = async (socket: Socket): Promise<void> => {
  const end = once(socket, 'close')
  socket.resume()
  await end
}

test('a client that is deaf is cut off, and what was made for it is bounded by what the sockets hold', async () => {
  await start({ stallMsMax: 100 })
  const socket = await deafClient()
  await givenUp
  await closed(socket)
  assert.ok(told * pieceBytes < 64 * 1024 * 1024, `${told} pieces were made`)
  await listening.close(50)
})

test('a deaf client does not keep the server from ending', async () => {
  await start({ stallMsMax: 60_000 })
  const socket = await deafClient()
  await listening.close(50)
  await closed(socket)
})

test.run()
