/** What becomes of the lock of a run that was interrupted, with the scripted borg and with the real one. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RunWork, StopRung } from '@borgledger/domain'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { archived, brokeOff, first, second } from './fixtures/archived.js'
import { allOf, atWork, endOf, evidenceIn, type FakeScene, fakeScene, hasBorg, slowFiles } from './fixtures/scene.js'

const terminate: StopRung = { signal: 'SIGTERM', target: 'process', waitMsMax: 10_000, untilCheckpoint: false }
const archive = 'series-20261123T181500Z'
const remove = { kind: 'delete', archive } as const

/** Begins the work and stops it once it has told of progress. */
const interrupted = async (place: FakeScene, work: RunWork) => {
  const reports = place.runner.run(place.ask(work))
  const all = allOf(reports)
  await atWork(reports)
  place.runner.stop('run-1', [terminate])
  return all
}

const withArchive = async (behaviour: Parameters<typeof fakeScene>[0]): Promise<FakeScene> => {
  const place = await fakeScene(behaviour)
  await allOf(place.runner.run(place.request({}, 'run-0')))
  return place
}
const lockOf = (place: FakeScene): string => join(place.repository.location, 'lock.exclusive')
const end = async (place: FakeScene): Promise<void> => {
  await place.runner.close()
  place.clean()
}

test('a lock that the dead run left is broken, and then the archives are listed: the delete had taken effect', async () => {
  const place = await withArchive({ kind: 'hang', on: 'delete', leavesLock: true, tookEffect: true })
  const { lock, exit, before, after } = evidenceIn(await interrupted(place, remove), 'delete')
  assert.is(lock?.outcome, 'broken')
  assert.match(lock?.holder ?? '', new RegExp(`^${place.options.hostId}, pid \\d+ \\(gone from this machine\\)$`))
  assert.not(existsSync(lockOf(place)))
  assert.equal(exit, { code: 143, signal: null })
  assert.is(before?.length, 1)
  assert.equal(after, [])
  await end(place)
})

test('a run that freed its lock itself needs nothing', async () => {
  const place = await withArchive({ kind: 'hang', on: 'delete' })
  const { lock, after, before } = evidenceIn(await interrupted(place, remove), 'delete')
  assert.equal(lock, { outcome: 'not-needed', holder: null })
  assert.equal(after, before)
  await end(place)
})

test('a run that ended by itself is no reason to look', async () => {
  const place = await withArchive({ kind: 'succeed' })
  assert.is(evidenceIn(await allOf(place.runner.run(place.ask(remove))), 'delete').lock, null)
  await end(place)
})

test('a lock of another host is left alone, and its holder named', async () => {
  const place = await withArchive({ kind: 'hang', on: 'delete' })
  const reports = place.runner.run(place.ask(remove))
  const all = allOf(reports)
  await atWork(reports)
  writeFileSync(join(place.repository.location, 'lock.roster'), '{"shared":[["other@host",4711,0]]}')
  place.runner.stop('run-1', [terminate])
  assert.equal(evidenceIn(await all, 'delete').lock, { outcome: 'refused', holder: 'other@host, pid 4711 (not to be seen from here)' })
  await end(place)
})

/** A process that is there; `token`: whether it is a borg of ours by its environment. */
const neighbour = async (place: FakeScene, token: boolean) => {
  const env = { ...process.env, ...(token ? { BORGLEDGER_RUN_ID: 'another' } : {}) }
  const child = spawn('sleep', ['600'], { env, stdio: 'ignore' })
  await once(child, 'spawn')
  const holder = `${place.options.hostId}, pid ${child.pid} (alive on this machine)`
  const leave = async (): Promise<void> => {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  return { holder, pid: child.pid, leave }
}

const lockFor = async (token: boolean) => {
  const place = await withArchive({ kind: 'hang', on: 'delete' })
  const { holder, pid, leave } = await neighbour(place, token)
  const reports = place.runner.run(place.ask(remove))
  const all = allOf(reports)
  await atWork(reports)
  writeFileSync(join(place.repository.location, 'lock.roster'), JSON.stringify({ shared: [[place.options.hostId, pid, 0]] }))
  place.runner.stop('run-1', [terminate])
  const { lock } = evidenceIn(await all, 'delete')
  await leave()
  await end(place)
  return { lock, holder }
}

test('a borg of ours that lives keeps its lock', async () => {
  const { lock, holder } = await lockFor(true)
  assert.equal(lock, { outcome: 'refused', holder })
})

test('a stranger who has the pid of a dead borg keeps nothing', async () => {
  const { lock, holder } = await lockFor(false)
  assert.equal(lock, { outcome: 'broken', holder: holder.replace('alive on', 'gone from') })
})

test('a holder whose process is not to be seen lives when its run does', async () => {
  const place = await withArchive({ kind: 'hang', on: 'delete' })
  const other = join(place.options.dataDir, 'runs', 'run-2')
  mkdirSync(other)
  const held = spawn('flock', [join(other, 'lock'), 'sh', '-c', 'echo held; read -r end'], { stdio: ['pipe', 'pipe', 'ignore'] })
  // Not that there is the file: it is made before it is locked.
  await once(held.stdout, 'data')
  writeFileSync(join(other, 'pid'), '4194303\nboot\npid:[1]\n1 (borg) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 77 0 0\n')
  const reports = place.runner.run(place.ask(remove))
  const all = allOf(reports)
  await atWork(reports)
  writeFileSync(join(place.repository.location, 'lock.roster'), JSON.stringify({ shared: [[place.options.hostId, 4194303, 0]] }))
  place.runner.stop('run-1', [terminate])
  assert.is(evidenceIn(await all, 'delete').lock?.outcome, 'refused')
  held.stdin.end()
  await once(held, 'exit')
  await end(place)
})

test('a lock that cannot be broken is told so', async () => {
  const place = await withArchive({ kind: 'hang', on: 'delete', leavesLock: true })
  const reports = place.runner.run(place.ask(remove))
  const all = allOf(reports)
  await atWork(reports)
  rmSync(join(place.repository.location, 'config'))
  place.runner.stop('run-1', [terminate])
  const { lock, after } = evidenceIn(await all, 'delete')
  assert.is(lock?.outcome, 'failed')
  assert.is(after, null, 'and nobody can say what became of the archive')
  await end(place)
})

const it = hasBorg() ? test : test.skip

it('a real check and a real restore end at SIGTERM, without a lock', async () => {
  const place = await archived()
  slowFiles(place.source, 150, 1_000_000)
  await place.archive('large')
  const works: ReadonlyArray<RunWork> = [
    { kind: 'check', mode: 'full', verifyData: true, maxDurationMs: null, last: null },
    { kind: 'extract', archive: 'large', paths: [], destination: { path: join(place.folder, 'out') }, stripComponents: 0 },
  ]
  for (const work of works) {
    const { evidence } = endOf((await place.stopped(async () => work, [terminate], brokeOff)).told)
    assert.equal(evidence.exit, { code: 143, signal: null }, work.kind)
    assert.is(evidence.lock?.outcome, 'not-needed')
    assert.not(readdirSync(place.repository.location).includes('lock.exclusive'))
  }
  await place.close()
})

it('a real delete that was killed leaves no lock and tells truly whether its archive is gone', async () => {
  const place = await archived()
  const reports = place.runner.run(place.ask({ kind: 'delete', archive: first }, 'killed'))
  const all = allOf(reports)
  await atWork(reports)
  place.runner.stop('killed', [{ ...terminate, signal: 'SIGKILL', target: 'group' }])
  const evidence = evidenceIn(await all, 'delete')
  const left = (await place.archives()).map(({ name }) => name)
  assert.equal(
    evidence.after?.map(({ name }) => name),
    left,
  )
  assert.ok(left.includes(second))
  if (evidence.exit?.code === 137) assert.ok(['broken', 'not-needed'].includes(evidence.lock?.outcome ?? ''), JSON.stringify(evidence.lock))
  assert.not(readdirSync(place.repository.location).includes('lock.exclusive'))
  await place.close()
})

test.run()
