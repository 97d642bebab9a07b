/** The pace of progress: what is told, how often, what of it is worth storing, and what is computed from it. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Line } from './lines/line.js'
import { advance, type Pace, startPace, type Told, tell } from './progress.js'

const archived = (originalBytes: number): Line => ({
  tag: 'archive-progress',
  originalBytes,
  compressedBytes: 0,
  deduplicatedBytes: 0,
  files: 1,
  path: 'a',
})
const percent = (current: number, total: number, msgid = 'extract'): Line => ({ tag: 'percent', msgid, current, total })

/** Tells a line every `everyMs` until `endMs`; gives what was told, with its times. */
const play = (
  lineAt: (ms: number) => Line,
  everyMs: number,
  endMs: number,
  phases: ReadonlyArray<string> = [],
): ReadonlyArray<Told & { atMs: number }> => {
  const told: Array<Told & { atMs: number }> = []
  let pace: Pace = startPace(0)
  for (let atMs = 0; atMs <= endMs; atMs += everyMs) {
    const [next, now] = tell(advance(pace, lineAt(atMs), atMs, phases), atMs)
    pace = next
    if (now !== null) told.push({ ...now, atMs })
  }
  return told
}

test('at most four a second are told, however many come', () => {
  const told = play((ms) => archived(ms), 1, 10_000)
  assert.is(told.length, 41)
  assert.ok(told.every(({ atMs }, index) => index === 0 || atMs - (told[index - 1]?.atMs ?? 0) >= 250))
})

test('nothing is told twice', () => {
  const [after, first] = tell(advance(startPace(0), archived(1), 0, []), 0)
  assert.ok(first !== null)
  assert.is(tell(after, 10_000)[1], null)
})

test('a backup knows no total: its percentage is null and it has no time left', () => {
  const [last] = play((ms) => archived(ms * 1000), 250, 5_000).slice(-1)
  assert.is(last?.progress.percent, null)
  assert.not('remainingMs' in (last?.progress ?? {}))
})

test('the rate is that of the last ten seconds', () => {
  const told = play((ms) => archived(ms < 20_000 ? 0 : (ms - 20_000) * 2), 250, 40_000)
  assert.not('bytesPerSecond' in (told[0]?.progress ?? {}), 'not known before a second is over')
  assert.is(told.find(({ atMs }) => atMs === 19_750)?.progress.bytesPerSecond, 0)
  assert.is(told[told.length - 1]?.progress.bytesPerSecond, 2_000)
})

test('where a total is known, so are the percentage and the time left', () => {
  const told = play((ms) => percent(ms, 20_000), 250, 10_000, ['extract'])
  const last = told[told.length - 1]
  assert.is(last?.progress.percent, 50)
  assert.is(last?.progress.remainingMs, 10_000)
})

test('a percentage of another step, or of nothing, says nothing of the job', () => {
  assert.is(advance(startPace(0), percent(1, 2, 'cache.sync'), 0, ['extract']).latest, null)
  assert.is(advance(startPace(0), percent(0, 0), 0, ['extract']).latest, null)
  assert.is(advance(startPace(0), percent(1, 2), 0, []).latest, null)
})

test('several phases share the whole; the time left is told in the last one, when it can be known', () => {
  const phases = ['repository.check', 'check.rebuild_refcounts']
  const lineAt = (ms: number): Line => (ms < 10_000 ? percent(ms, 10_000, phases[0]) : percent((ms - 10_000) / 100, 100, phases[1]))
  const told = play(lineAt, 250, 20_000, phases)
  const at = (ms: number) => told.find(({ atMs }) => atMs === ms)?.progress
  assert.equal(at(5_000), { percent: 25 })
  assert.equal(at(15_000), { percent: 75, remainingMs: 5_000 })
  assert.ok(told.every(({ progress }, index) => index === 0 || (progress.percent ?? 0) >= (told[index - 1]?.progress.percent ?? 0)))
})

test('a phase that is over is not gone back to', () => {
  const after = advance(startPace(0), percent(1, 2, 'second'), 0, ['first', 'second'])
  assert.equal(advance(after, percent(1, 2, 'first'), 1, ['first', 'second']), after)
})

test('a step of ten percent is a milestone, once', () => {
  const told = play((ms) => percent(ms, 10_000), 250, 10_000, ['extract'])
  assert.equal(
    told.filter(({ milestone }) => milestone).map(({ progress }) => Math.floor((progress.percent ?? 0) / 10)),
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  )
})

test('so is every minute', () => {
  const told = play((ms) => archived(ms), 500, 180_000)
  assert.equal(
    told.filter(({ milestone }) => milestone).map(({ atMs }) => atMs),
    [60_000, 120_000, 180_000],
  )
})

test.run()
