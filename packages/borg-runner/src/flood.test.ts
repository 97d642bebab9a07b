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

test('40 MB of log lines are all in the log, in flat memory, and what was read of the spool is given back', async () => {
  const place = await fakeScene({ kind: 'flood', linesPerSecond: 10_000, seconds: 4, lineBytes: 1_000 })
  const run = runDir(place.options.dataDir, 'run-1')
  const rss: number[] = []
  let givenBack = false
  const watch = setInterval(() => {
    const stat = statSync(run.stderr, { throwIfNoEntry: false })
    if (stat === undefined || stat.size < 10_000_000) return
    rss.push(process.memoryUsage().rss)
    givenBack ||= stat.size - stat.blocks * 512 > 10_000_000
  }, 50)
  const { evidence, logBytes } = endOf(await allOf(place.runner.run(place.request())))
  clearInterval(watch)
  assert.is(evidence.exit?.code, 0)
  assert.ok(rss.length > 10)
  assert.ok(Math.max(...rss) - (rss[0] ?? 0) < 60_000_000, `memory grew by ${Math.max(...rss) - (rss[0] ?? 0)} bytes`)
  assert.ok(givenBack, 'what was read stands in the spool no more while the rest is written')
  assert.ok((logBytes ?? 0) > 40_000_000)
  const lines = logLines(place).filter((line) => line.includes('of a flood'))
  assert.is(lines.length, 40_000)
  assert.ok(lines[39_999]?.startsWith('INFO    line 39999 of a flood'))
  await place.runner.close()
  place.clean()
})

test.run()
