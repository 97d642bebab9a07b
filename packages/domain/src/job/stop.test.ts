import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { JobType } from './job-type.js'
import { stopLadderOf } from './stop.js'

const types = Object.keys(JobType.keys) as ReadonlyArray<JobType>

test('only a backup is interrupted first, so that it may save a checkpoint', () => {
  for (const type of types) {
    const signals = stopLadderOf(type).map((rung) => rung.signal)
    assert.equal(signals, type === 'backup' ? ['SIGINT', 'SIGTERM', 'SIGKILL'] : ['SIGTERM', 'SIGKILL'], type)
  }
})

test("borg's own process is signalled, the group only by the last rung", () => {
  for (const type of types) {
    const targets = stopLadderOf(type).map((rung) => rung.target)
    assert.equal(targets, [...targets.slice(1).map(() => 'process'), 'group'], type)
  }
})

test('a stop ends within 30 s', () => {
  for (const type of types) assert.ok(stopLadderOf(type).reduce((sum, rung) => sum + rung.waitMsMax, 0) <= 30_000, type)
})

test.run()
