/** What counts as a difference between a restored thing and its archive, and which files are looked into. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { differenceOf } from './difference.js'
import type { Entry, Found } from './entry.js'
import { noSample, offer, sampled } from './sample.js'

const entry = (changes: Partial<Entry> = {}): Entry => ({
  path: 'home/a',
  mode: '-rw-r-----',
  size: 5,
  mtime: '2026-11-23T19:23:36.500000',
  linktarget: '',
  healthy: true,
  ...changes,
})
const found = (changes: Partial<Found['stats']> = {}, linktarget: string | null = null): Found => ({
  stats: { mode: 0o100640, size: 5, mtimeMs: Date.parse('2026-11-23T19:23:36.5Z'), ...changes },
  linktarget,
})

const cases: ReadonlyArray<readonly [string, Entry, Found | null, string | null]> = [
  ['the same', entry(), found(), null],
  ['a coarser time', entry(), found({ mtimeMs: Date.parse('2026-11-23T19:23:36Z') }), null],
  ['nothing there', entry(), null, 'is missing'],
  ['damage that was filled with zeros', entry({ healthy: false }), found(), 'is damaged in the archive'],
  ['another size', entry(), found({ size: 4 }), 'has 4 bytes, not 5'],
  ['another time', entry(), found({ mtimeMs: 0 }), 'was changed at 1970-01-01T00:00:00.000Z, not at 2026-11-23T19:23:36.500000Z'],
  ['another mode', entry(), found({ mode: 0o100600 }), 'has the mode rw-------, not rw-r-----'],
  ['another type', entry({ mode: 'drwxr-xr-x' }), found(), 'is a file, not a folder'],
  ['a folder, whose size and time say nothing', entry({ mode: 'drwxr-xr-t' }), found({ mode: 0o041755, size: 9, mtimeMs: 1 }), null],
  ['special bits without rights', entry({ mode: '-rwSr-Sr-T' }), found({ mode: 0o107644 }), null],
  ['a link', entry({ mode: 'lrwxrwxrwx', linktarget: 'b' }), found({ mode: 0o120777 }, 'b'), null],
  ['a link elsewhere', entry({ mode: 'lrwxrwxrwx', linktarget: 'b' }), found({ mode: 0o120777 }, 'c'), 'links to c, not to b'],
  ['a second name, which has no size of its own', entry({ mode: 'hrw-r-----', size: 0 }), found(), null],
]

for (const [title, wanted, there, what] of cases)
  test(title, () => {
    assert.is(differenceOf(wanted, there), what)
  })

test('of many files always the same few are looked into, wherever they stand; empty and huge ones are not', () => {
  const files = Array.from({ length: 500 }, (_, index) => ({
    path: `file ${index}`,
    size: index % 5 === 0 ? 0 : index % 7 === 0 ? 10 ** 9 : 10,
  }))
  const chosen = sampled(files.reduce(offer, noSample))
  assert.is(chosen.length, 20)
  assert.equal([...sampled([...files].reverse().reduce(offer, noSample))].sort(), [...chosen].sort())
  for (const path of chosen) assert.is(files.find((file) => file.path === path)?.size, 10)
})

test('where all files are huge, the smallest is looked into', () => {
  const files = [3, 1, 2].map((size) => ({ path: `${size}`, size: size * 10 ** 9 }))
  assert.equal(sampled(files.reduce(offer, noSample)), ['1'])
})

test.run()
