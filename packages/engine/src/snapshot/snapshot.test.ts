import { evolveAll, initialState, type LedgerState, stateToText } from '@borgledger/domain'
import type { EventStore, RecordedCommit } from '@borgledger/eventstore'
import { scriptedRunner } from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { decodePage } from '../feed/decode.js'
import { heard, openScene, register, requestBackup, type Scene } from '../fixtures/running-engine.js'
import type { Snapshot } from '../ports/snapshots.js'
import { digestOf } from './restore.js'

/** The store, and how many events were read of it. */
const counted = (store: EventStore): EventStore & { readonly events: () => number } => {
  let events = 0
  return {
    ...store,
    events: () => events,
    read: async function* (...asked) {
      for await (const page of store.read(...asked)) {
        events += page.length
        yield page
      }
    },
  }
}

const foldOf = async (store: EventStore, upTo: number): Promise<LedgerState> => {
  let state = initialState
  for await (const page of store.read('all', { upTo })) state = evolveAll(state, decodePage(page))
  return state
}

/** An engine that ran a few backups and was closed; one of them is running still. */
const before = async (): Promise<Scene> => {
  const scene = await openScene({ runner: scriptedRunner({ does: 'succeed' }, { does: 'succeed' }, { does: 'hang' }) })
  await register(scene)
  for (const jobId of ['job_1', 'job_2']) {
    await requestBackup(scene, jobId)
    await heard(scene, jobId, 'JobCompleted')
  }
  await requestBackup(scene, 'job_3')
  await heard(scene, 'job_3', 'RunSpawned')
  await scene.engine.close(0)
  return scene
}

/** Opens once more with the kept state changed; gives what was said of it, and how many events were read before anything was recorded. */
const openedWith = async (change: (kept: Snapshot) => Snapshot | null) => {
  const scene = await before()
  const { snapshots } = scene.readModels
  const head = snapshots.keptAt.at(-1) ?? 0
  if (snapshots.held !== null) snapshots.held = change(snapshots.held)
  const store = counted(scene.store)
  const said: string[] = []
  const after = await openScene({ ...scene, store, runsJobs: false, onSnapshotTrouble: (message) => said.push(message) })
  await after.engine.projector.reached(head)
  const { position } = after.engine.state()
  assert.is(stateToText(after.engine.state()), stateToText(await foldOf(scene.store, position)), 'it is the fold in any case')
  await after.engine.close(0)
  return { said, read: store.events(), head }
}

test('an engine that is closed keeps its state, and the next one reads only what came after', async () => {
  const { said, read, head } = await openedWith((kept) => kept)
  assert.equal([said, read, head > 20], [[], 0, true])
})

test('where nothing was kept the whole log is folded, and nothing said', async () => {
  const { said, read, head } = await openedWith(() => null)
  assert.equal([said, read], [[], head])
})

const spoilt: ReadonlyArray<readonly [string, (kept: Snapshot) => Snapshot, RegExp]> = [
  ['of another shape', (kept) => ({ ...kept, shape: 'older' }), /its shape is older/],
  ['of another log', (kept) => ({ ...kept, hash: 'f'.repeat(64) }), /was not made from this log/],
  ['of a position that the log has not reached', (kept) => ({ ...kept, position: 9_999 }), /was not made from this log/],
  ['of a position within a commit', (kept) => ({ ...kept, position: kept.position - 1 }), /was not made from this log|says to be of/],
  ['changed by the disk', (kept) => ({ ...kept, state: kept.state.replace('host-a', 'host-b') }), /not as it was written/],
  ['built otherwise', (kept) => ({ ...kept, state: '{"position":1}', digest: digestOf('{"position":1}') }), /state\.\w+ is missing/],
]
for (const [what, change, why] of spoilt) {
  test(`a kept state ${what} is not used: the whole log is folded, and that is said`, async () => {
    const { said, read, head } = await openedWith(change)
    assert.is(said.length, 1)
    assert.match(said[0] ?? '', why)
    assert.is(read, head)
  })
}

test('a kept state that was put under another position is not used', async () => {
  const scene = await before()
  const { snapshots } = scene.readModels
  const [first] = await commitsOf(scene.store)
  if (snapshots.held === null || first === undefined) throw new Error('nothing was kept')
  snapshots.held = { ...snapshots.held, position: first.last, hash: first.hash }
  const said: string[] = []
  const after = await openScene({ ...scene, runsJobs: false, onSnapshotTrouble: (message) => said.push(message) })
  assert.match(said.join(), /says to be of position \d+/)
  await after.engine.close(0)
})

const commitsOf = async (store: EventStore): Promise<ReadonlyArray<RecordedCommit>> => {
  const all: RecordedCommit[] = []
  for await (const page of store.commits()) all.push(...page)
  return all
}

test('a kept state that cannot be read stops no start', async () => {
  const scene = await before()
  const { snapshots } = scene.readModels
  const broken = { ...scene.readModels, snapshots: { ...snapshots, newest: () => Promise.reject(new Error('the disk is gone')) } }
  const said: string[] = []
  const after = await openScene({ ...scene, readModels: broken, runsJobs: false, onSnapshotTrouble: (message) => said.push(message) })
  assert.match(said.join(), /the disk is gone/)
  assert.ok(after.engine.state().jobs.has('job_3'))
  await after.engine.close(0)
})

test('an engine that never comes to its end is followed by one that has little to read', async () => {
  const killed = await openScene()
  const changes = [1, 2]
  for (let turn = 0; turn < 1_500; turn += 1) {
    const command = { type: 'ChangeSettings', changes: { logRetentionDays: changes[turn % 2] ?? 1 } } as const
    await killed.engine.submit({ command, actor: 'user:anna' })()
  }
  const store = counted(killed.store)
  const next = await openScene({ ...killed, store, runsJobs: false })
  assert.equal(killed.readModels.snapshots.keptAt, [1_000])
  assert.ok(store.events() < 600, `${store.events()} events were read`)
  await next.engine.close(0)
  await killed.engine.close(0)
})

test.run()
