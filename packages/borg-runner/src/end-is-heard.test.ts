/** That a process has ended is not found at the next look at its spool: its shell's end wakes whoever watches. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { allOf, backupEnd, fakeScene } from './fixtures/scene.js'
import { borgRunner } from './runner.js'

test('a run whose spool is read once an hour ends when its process does', async () => {
  const place = await fakeScene({ kind: 'succeed' })
  const runner = borgRunner({ ...place.options, tailMs: 3_600_000 })
  const { evidence } = backupEnd(await allOf(runner.run(place.request())))
  assert.equal(evidence.exit, { code: 0, signal: null })
  await runner.close()
  await place.runner.close()
  place.clean()
})

test.run()
