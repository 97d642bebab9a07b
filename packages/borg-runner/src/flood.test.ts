/** A borg that speaks ten thousand lines a second: few updates, flat memory, a spool that does not grow. */
import { statSync } from 'node:fs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { allOf, endOf, fakeScene, logLines } from './fixtures/scene.js'
import { runDir } from './run-dir.js'

test('of 30,000 lines of progress at most four a second are told, and none is in the log', async () => {
  const place = await fakeScene({ kind: 'flood', linesPerSecond: 10_000, seconds: 3, progress: true })
  const startMs = performance.now()
  const reports = await allOf(place.runner.run(place.request()))
  const told = reports.filter(({ tag }) => tag === 'Progressed').length
  assert.ok(told >= 3, `${told} told`)
  assert.ok(told <= 1 + (4 * (performance.now() - startMs)) / 1000, `${told} told`)
  assert.ok(logLines(place).length < 10)
  await place.runner.close()
  place.clean()
})

test('every one of 30,000 log lines is in the log, in flat memory, and what was read of the spool is given back', async () => {
  const place = await fakeScene({ kind: 'flood', linesPerSecond: 10_000, seconds: 3 })
  global.gc?.()
  const before = process.memoryUsage().rss
  let spoolBytesMax = 0
  const watch = setInterval(() => {
    const spool = statSync(runDir(place.options.dataDir, 'run-1').stderr, { throwIfNoEntry: false })
    spoolBytesMax = Math.max(spoolBytesMax, (spool?.blocks ?? 0) * 512)
  }, 50)
  const { evidence } = endOf(await allOf(place.runner.run(place.request())))
  clearInterval(watch)
  assert.is(evidence.exit?.code, 0)
  const lines = logLines(place).filter((line) => line.includes('of a flood'))
  assert.is(lines.length, 30_000)
  assert.is(lines[29_999], 'INFO    line 29999 of a flood')
  assert.ok(spoolBytesMax < 3_000_000, `the spool held ${spoolBytesMax} bytes at once, of 4,000,000 written`)
  assert.ok(process.memoryUsage().rss - before < 150_000_000, 'memory stays flat')
  await place.runner.close()
  place.clean()
})

test.run()
