/** The table of the lock rule: a lock is broken only when nobody but our own dead hold it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { decideLock, type HolderSight, type LockDecision, type SeenHolder } from './decide.js'
import { holdersOf } from './holders.js'

const holder = (sight: HolderSight, hostId = 'us@1', pid = 7): SeenHolder => ({ name: `${hostId}.${pid}`, process: { hostId, pid }, sight })
const unreadable: SeenHolder = { name: 'garbage', process: null, sight: 'unknown' }

const cases: ReadonlyArray<readonly [string, ReadonlyArray<SeenHolder>, LockDecision]> = [
  ['nobody holds it', [], { tag: 'Leave' }],
  ['one of ours, gone', [holder('gone')], { tag: 'Break', holder: 'us@1, pid 7 (gone from this machine)' }],
  [
    'several of ours, all gone',
    [holder('gone'), holder('gone', 'us@1', 8)],
    { tag: 'Break', holder: 'us@1, pid 7 (gone from this machine)' },
  ],
  ['one of ours, alive', [holder('alive')], { tag: 'Refuse', holder: 'us@1, pid 7 (alive on this machine)' }],
  ['one of ours that cannot be seen', [holder('unknown')], { tag: 'Refuse', holder: 'us@1, pid 7 (not to be seen from here)' }],
  ['another host', [holder('unknown', 'them@2')], { tag: 'Refuse', holder: 'them@2, pid 7 (not to be seen from here)' }],
  ['another program here, though it is gone', [holder('gone', 'me@2')], { tag: 'Refuse', holder: 'me@2, pid 7 (gone from this machine)' }],
  [
    'one of ours gone, another host beside it',
    [holder('gone'), holder('alive', 'me@2')],
    { tag: 'Refuse', holder: 'me@2, pid 7 (alive on this machine)' },
  ],
  ['a holder that is not understood', [holder('gone'), unreadable], { tag: 'Refuse', holder: 'garbage' }],
]

for (const [title, holders, decision] of cases)
  test(title, () => {
    assert.equal(decideLock('us@1', holders), decision)
  })

test('holders are read from the lock’s folder and from its roster, in borg’s own form', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'borg-lock-'))
  assert.equal(await holdersOf(folder), [])
  mkdirSync(join(folder, 'lock.exclusive'))
  writeFileSync(join(folder, 'lock.exclusive', 'vm.home@3281355014145.17320-7f00a'), '')
  writeFileSync(join(folder, 'lock.roster'), '{"exclusive":[["vm.home@3281355014145",17320,0]],"shared":[["x@1",5,0],["odd"]]}')
  const known = { hostId: 'vm.home@3281355014145', pid: 17320 }
  assert.equal(await holdersOf(folder), [
    { name: 'vm.home@3281355014145.17320-7f00a', process: known },
    { name: 'vm.home@3281355014145.17320', process: known },
    { name: 'x@1.5', process: { hostId: 'x@1', pid: 5 } },
    { name: '["odd"]', process: null },
  ])
  for (const broken of ['', '{', 'null', '{"exclusive":7}']) {
    writeFileSync(join(folder, 'lock.roster'), broken)
    assert.is((await holdersOf(folder)).length, 1, broken)
  }
  rmSync(folder, { recursive: true })
})

test.run()
