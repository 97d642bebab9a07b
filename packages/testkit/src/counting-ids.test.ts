import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { countingIds } from './index.js'

test('ids are fresh and sort by the time of their making', () => {
  const ids = countingIds()
  const made = Array.from({ length: 12 }, () => ids.fresh())
  assert.is(made[0], 'id-000001')
  assert.equal([...made].sort(), made)
  assert.is(new Set(made).size, 12)
})

test.run()
