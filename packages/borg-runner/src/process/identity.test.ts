/** Who a process is, read from /proc. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, readlinkSync } from 'node:fs'
import { until } from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { currentBootId, parseStat, sightOf } from './identity.js'

const identityOf = (pid: number) => ({
  pid,
  startTicks: parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.startTicks ?? '',
  bootId: currentBootId() ?? '',
  pidNamespace: readlinkSync('/proc/self/ns/pid'),
})

test('a name with brackets and spaces does not shift the fields', () => {
  const after = Array.from({ length: 30 }, (_, index) => String(index + 4)).join(' ')
  assert.equal(parseStat(`12 (a) S) (b c)) R ${after}`), { state: 'R', startTicks: '22' })
  assert.is(parseStat('nonsense'), null)
})

test('we are alive; with other start ticks, or in another boot, we would be gone', () => {
  const self = identityOf(process.pid)
  assert.is(sightOf(self), 'alive')
  assert.is(sightOf({ ...self, startTicks: '1' }), 'gone')
  assert.is(sightOf({ ...self, bootId: 'another' }), 'gone')
})

test('what another pid namespace holds cannot be seen from here', () => {
  assert.is(sightOf({ ...identityOf(process.pid), pidNamespace: 'pid:[1]' }), 'unknown')
})

const stat = (pid: number): string => readFileSync(`/proc/${pid}/stat`, 'utf8')

test('a process that nobody has waited for yet is gone', async () => {
  const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] })
  const [line] = await once(parent.stdout, 'data')
  const zombie = Number(String(line))
  // A shell may yet wait for its child; what it becomes never does.
  await until(() => stat(parent.pid ?? 0).includes('(sleep)'), 'the shell has become another program')
  process.kill(zombie, 'SIGKILL')
  await until(() => parseStat(stat(zombie))?.state === 'Z', 'it is dead')
  assert.is(sightOf(identityOf(zombie)), 'gone')
  parent.kill('SIGKILL')
  await once(parent, 'exit')
})

test.run()
