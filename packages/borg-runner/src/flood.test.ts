/** A borg that speaks ten thousand lines a second: few updates, flat memory, a spool that does not grow. */
import { statSync } from 'node:fs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { fewAreTold } from './fixtures/few-are-told.js'
import { allOf, endOf, heldScene, logLines, until } from './fixtures/scene.js'
import { runDir } from './run-dir.js'

test('of 30,000 lines of progress at most four a second are told, and none is in the log', async () => {
  const place = await heldScene({ kind: 'flood', linesPerSecond: 10_000, seconds: 3, progress: true })
  await fewAreTold(place, place.request())
  await place.runner.close()
  place.clean()
})

test('40 MB of log lines are all in the log, in flat memory, and what was read of the spool is given back', async () => {
  const place = await heldScene({ kind: 'flood', linesPerSecond: 10_000, seconds: 4, lineBytes: 1_000 }, { logBytesMax: 2_000_000_000 })
  const run = runDir(place.options.dataDir, 'run-1')
  const rss: number[] = []
  let givenBack = false
  const watch = setInterval(() => {
    const stat = statSync(run.stderr, { throwIfNoEntry: false })
    if (stat === undefined || stat.size < 10_000_000) return
    rss.push(process.memoryUsage().rss)
    givenBack ||= stat.size - stat.blocks * 512 > 10_000_000
  }, 50)
  const all = allOf(place.runner.run(place.request()))
  await until(() => givenBack && rss.length > 10, 'what was read stands in the spool no more while the rest is written')
  place.release()
  const { evidence, logBytes } = endOf(await all)
  clearInterval(watch)
  assert.is(evidence.exit?.code, 0)
  assert.ok(Math.max(...rss) - (rss[0] ?? 0) < 60_000_000, `memory grew by ${Math.max(...rss) - (rss[0] ?? 0)} bytes`)
  assert.ok((logBytes ?? 0) > 40_000_000)
  const lines = logLines(place).filter((line) => line.includes('of a flood'))
  assert.ok(lines.length >= 40_000, `${lines.length} lines`)
  assert.ok(lines.every((line, index) => line.startsWith(`INFO    line ${index} of a flood`)))
  await place.runner.close()
  place.clean()
})

test.run()
