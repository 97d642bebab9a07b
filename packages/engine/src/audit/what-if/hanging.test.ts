import { chance } from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type Anchor, anchorKinds } from './anchors.js'
import type { Cue } from './cue-list.js'
import { hangingCues } from './hanging.js'
import { createIds } from './ids.js'

test('what happened and what hangs on it is found again, as in a map of lists', () => {
  const by = chance(20_261_103)
  const hanging = hangingCues(createIds())
  const [times, lists] = [new Map<string, number>(), new Map<string, Cue[]>()]
  const some = (): Anchor => ({
    kind: anchorKinds[by.whole(0, anchorKinds.length - 1)] ?? 'run',
    id: `id_${by.whole(1, 40)}`,
    nth: by.whole(0, 3),
  })
  for (let first = 1; first <= 5_000; first++) {
    const anchor = some()
    const name = JSON.stringify(anchor)
    const age = by.happens(0.2)
      ? ({ of: by.oneOf<'log' | 'check'>(['log', 'check']), ms: by.whole(1, 3), neverSooner: by.happens(0.5) } as const)
      : null
    const cue = { first, ms: by.whole(0, 1_000), skewMs: by.oneOf([0, 0, -60_000]), age }
    assert.is(hanging.happenedMs(anchor), times.get(name))
    if (times.has(name) && by.happens(0.8)) {
      hanging.hang(anchor, cue)
      lists.set(name, [cue, ...(lists.get(name) ?? [])])
    } else {
      hanging.happened(anchor, first)
      times.set(name, first)
    }
    const asked = some()
    assert.is(hanging.has(asked), lists.has(JSON.stringify(asked)))
    assert.equal([...hanging.on(asked)], lists.get(JSON.stringify(asked)) ?? [])
  }
  assert.ok(lists.size > 500 && [...lists.values()].some((list) => list.length > 5))
})

test('nothing hangs on what never happened', () => {
  const hanging = hangingCues(createIds())
  const never = { kind: 'run', id: 'run_1', nth: 0 } as const
  assert.throws(
    () => hanging.hang(never, { first: 1, ms: 0, skewMs: 0, age: null }),
    (error: unknown) => error instanceof RangeError,
  )
  assert.equal([hanging.has(never), [...hanging.on(never)], hanging.happenedMs(never)], [false, [], undefined])
})

test.run()
