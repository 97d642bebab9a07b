import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { RunKind } from './run/index.js'
import { stopLadderOf } from './stop.js'

const borgKinds = ['create', 'extract', 'check', 'compact', 'prune-plan', 'prune', 'delete', 'restore-check'] as const
const kinds: ReadonlyArray<RunKind> = [...borgKinds, 'package', 'script']

test('only a run that makes an archive is interrupted first, so that it may save a checkpoint', () => {
  for (const kind of kinds) {
    const signals = stopLadderOf(kind).map((rung) => rung.signal)
    assert.equal(signals, kind === 'create' ? ['SIGINT', 'SIGTERM', 'SIGKILL'] : ['SIGTERM', 'SIGKILL'], kind)
  }
})

test("borg's own process is signalled, the group only by the last rung", () => {
  for (const kind of borgKinds) {
    const targets = stopLadderOf(kind).map((rung) => rung.target)
    assert.equal(targets, [...targets.slice(1).map(() => 'process'), 'group'], kind)
  }
})

test('a script, and what installs a package, is signalled with its whole group from the first rung on', () => {
  for (const kind of ['script', 'package'] as const) {
    const targets = stopLadderOf(kind).map(({ target }) => target)
    assert.equal(targets, ['group', 'group'], kind)
  }
})

test('a stop ends within 30 s', () => {
  for (const kind of kinds) assert.ok(stopLadderOf(kind).reduce((sum, rung) => sum + rung.waitMsMax, 0) <= 30_000, kind)
})

test.run()
