/** A run is one process, however often and by however many it is asked for. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { allOf, atWork, endOf, fakeScene, heldScene, logLines, once } from './fixtures/scene.js'
import { borgRunner } from './runner.js'

test('a run that was started before is followed, never started again', () =>
  once({ kind: 'succeed' }, async (first, place) => {
    const again = await allOf(place.runner.run(place.request()))
    assert.equal(endOf(again), endOf(first))
    assert.is(JSON.parse(readFileSync(join(place.repository.location, 'archives.json'), 'utf8')).length, 1)
  }))

test('two who ask for the same run at once hear the same of one process', async () => {
  const place = await fakeScene({ kind: 'slow', lines: 5, everyMs: 30 })
  const [one, other] = await Promise.all([allOf(place.runner.run(place.request())), allOf(place.runner.run(place.request()))])
  assert.equal(one, other)
  assert.is(logLines(place).filter((line) => line.includes('step 3 of 5')).length, 1)
  await place.runner.close()
  place.clean()
})

test('a closed runner leaves its run alone; the next runner follows it to its end', async () => {
  const place = await heldScene({ kind: 'slow', lines: 40, everyMs: 20 })
  const reports = place.runner.run(place.request())
  const first = allOf(reports)
  await atWork(reports)
  await place.runner.close()
  assert.not((await first).some(({ tag }) => tag === 'Ended'))
  assert.equal(await place.runner.inspect('run-1')(), { report: 'none', liveness: 'alive' })
  place.release()
  const next = borgRunner(place.options)
  const { evidence } = endOf(await allOf(next.follow(place.request())))
  assert.is(evidence.exit?.code, 0)
  assert.is(logLines(place).filter((line) => line.includes(' of 40')).length, 40)
  await next.close()
  place.clean()
})

test.run()
