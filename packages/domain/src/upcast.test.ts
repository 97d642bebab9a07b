import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type StoredShape, upcast } from './upcast.js'

/** An invented history: `JobTold` was renamed to `JobSaid` in version 2, and its `text` was split in version 3. */
const steps = new Map<string, (stored: StoredShape) => StoredShape>([
  ['JobTold@1', ({ data }) => ({ type: 'JobSaid', version: 2, data })],
  [
    'JobSaid@2',
    ({ type, data: { text, ...rest } }) => {
      const [first, ...more] = String(text).split('\n')
      return { type, version: 3, data: { ...rest, first, more } }
    },
  ],
])
const told = (version: number, data: StoredShape['data'], type = 'JobTold'): StoredShape => ({ type, version, data })

test('an event goes through every step between its version and the one of today', () => {
  assert.equal(upcast(told(1, { jobId: 'j', text: 'a\nb\nc' }), steps), {
    type: 'JobSaid',
    version: 3,
    data: { jobId: 'j', first: 'a', more: ['b', 'c'] },
  })
  assert.equal(upcast(told(2, { text: 'a' }, 'JobSaid'), steps), { type: 'JobSaid', version: 3, data: { first: 'a', more: [] } })
})

test('an event that needs nothing passes through, and so does one that no step knows', () => {
  const today = told(3, { first: 'a', more: [] }, 'JobSaid')
  assert.is(upcast(today, steps), today)
  const stranger = told(1, {}, 'Stranger')
  assert.is(upcast(stranger, steps), stranger)
  assert.is(upcast(stranger), stranger)
})

test('the event that was read is not changed', () => {
  const before = told(1, { text: 'a\nb' })
  upcast(before, steps)
  assert.equal(before, told(1, { text: 'a\nb' }))
})

test('a step that does not raise the version is a broken table, not an endless loop', () => {
  const broken = new Map([['JobTold@1', (stored: StoredShape) => stored]])
  assert.throws(() => upcast(told(1, {}), broken), /the upcast of JobTold@1 does not raise its version/)
})

test.run()
