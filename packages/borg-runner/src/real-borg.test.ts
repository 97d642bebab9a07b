/** The runner with real borg; left out, and counted as such, where there is none. */
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { allOf, endOf, hasBorg, scene, smallFiles } from './fixtures/scene.js'
import { borgRunner } from './runner.js'

const it = hasBorg() ? test : test.skip

it('an encrypted backup of 2,000 files ends with its archive', async () => {
  const place = scene()
  const runner = borgRunner(place.options)
  smallFiles(place.source, 2_000)
  const created = await runner.create(place.repository, 'repokey-blake2')()
  assert.ok(E.isRight(created), JSON.stringify(created))
  const { evidence } = endOf(await allOf(runner.run(place.request())))
  assert.is(evidence.exit?.code, 0)
  assert.is(evidence.archive?.files, 2_000)
  await runner.close()
  place.clean()
})

test.run()
