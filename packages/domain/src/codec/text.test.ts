import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { AbsolutePath, ArchiveName, Compression, Count, Id, Instant, Interval, Percent, Positive, SeriesName, Text } from './index.js'

const cases = [
  { codec: Text, holds: ['a', ' ', 'x'.repeat(4096)], not: ['', 'x'.repeat(4097), 'a\0b', 1, null] },
  { codec: Id, holds: ['a', '0', 'my-laptop_2.home', 'x'.repeat(64)], not: ['', '-a', '.a', 'A', 'a b', 'a/b', 'x'.repeat(65)] },
  {
    codec: Instant,
    holds: ['2026-11-03T02:13:00.000Z'],
    not: ['2026-11-03T02:13:00Z', '2026-11-03T02:13:00.000+01:00', '2026-02-30T00:00:00.000Z', '2026-11-03', 'now'],
  },
  { codec: AbsolutePath, holds: ['/', '/home/anna'], not: ['', 'home', './home', '/a\0b', `/${'x'.repeat(4096)}`] },
  { codec: Count, holds: [0, 1, Number.MAX_SAFE_INTEGER], not: [-1, 0.5, Number.NaN, 2 ** 53, '1'] },
  { codec: Positive, holds: [1], not: [0, -1, 1.5] },
  { codec: Percent, holds: [0, 12.5, 100], not: [-0.1, 100.1, Number.NaN, '50'] },
  {
    codec: Compression,
    holds: ['none', 'lz4', 'zstd', 'zstd,22', 'zlib,9', 'lzma,6', 'auto,lzma,6', 'obfuscate,110,lz4', 'obfuscate,3,auto,zstd,5'],
    not: ['', 'zip', 'lz4,1', 'zstd,', 'zstd,3 --foo', 'auto', 'obfuscate,3'],
  },
  { codec: Interval, holds: ['1H', '7d', '4w', '6m', '1y'], not: ['', '0d', '7', 'd', '7D', '1h', '-1d', '7 d'] },
  { codec: SeriesName, holds: ['home', 'Home-2.old_x'], not: ['', '-home', 'home*', 'a/b', '{now}', 'x'.repeat(101)] },
  { codec: ArchiveName, holds: ['laptop-1', 'with blank'], not: ['', ' a', 'a ', 'a/b', '{now}', 'x'.repeat(201)] },
]

for (const { codec, holds, not } of cases) {
  test(`${codec.name}: what it takes and what not`, () => {
    for (const value of holds) assert.ok(codec.is(value), `takes ${JSON.stringify(value)}`)
    for (const value of not) assert.not(codec.is(value), `refuses ${JSON.stringify(value)?.slice(0, 60)}`)
    for (const value of [...holds, ...not]) assert.is(codec.decode(value)._tag === 'Right', codec.is(value))
  })
}

test.run()
