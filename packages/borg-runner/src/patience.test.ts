/** A limit that does not run out because we ourselves stood still. */
import { once } from 'node:events'
import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises'
import { MessageChannel } from 'node:worker_threads'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { standStill } from './fixtures/stand-still.js'
import { patience } from './patience.js'

const ranOut = (msMax: number, hear: (limit: ReturnType<typeof patience>) => void = () => {}): Promise<number> =>
  new Promise((resolve) => {
    const beganAtMs = performance.now()
    hear(patience(msMax, () => resolve(performance.now() - beganAtMs)))
  })

test('it runs out after its time, and not before', async () => {
  assert.ok((await ranOut(60)) >= 55)
})

test('whatever is heard begins it anew', async () => {
  const tookMs = await ranOut(60, (limit) => setTimeout(limit.heard, 50))
  assert.ok(tookMs >= 50 + 55, `${tookMs} ms`)
})

test('what was said while we stood still is heard before the time is up', async () => {
  const { port1, port2 } = new MessageChannel()
  let isOver = false
  const limit = patience(120, () => {
    isOver = true
  })
  port1.on('message', limit.heard)
  // From here on timers come before what is to be read.
  await turn()
  port2.postMessage('still here')
  standStill(() => true, 600)
  await once(port1, 'message')
  assert.not(isOver)
  limit.end()
  port1.close()
})

test('time in which nothing could be heard does not count, however often we stand still', async () => {
  let isOver = false
  const over = new Promise<void>((resolve) => {
    patience(120, () => {
      isOver = true
      resolve()
    })
  })
  for (let round = 0; round < 8; round += 1) {
    standStill(() => true, 70)
    await pause(0)
  }
  assert.not(isOver)
  await over
})

test('once ended it never runs out', async () => {
  let isOver = false
  const limit = patience(1, () => {
    isOver = true
  })
  limit.end()
  await ranOut(60)
  assert.not(isOver)
})

test.run()
