/** A run that finds its repository locked, with real borg: the holder is named, and only the lock of our own dead is broken. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { type EvidenceOf, faultOf } from '@borgledger/domain'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type Archived, archived } from './fixtures/archived.js'
import { evidenceIn, hasBorg } from './fixtures/scene.js'

const it = hasBorg() ? test : test.skip
let place: Archived
test.before(async () => {
  if (hasBorg()) place = await archived()
})
test.after(async () => {
  if (hasBorg()) await place.close()
})
const lockOf = (): string => join(place.repository.location, 'lock.exclusive')
test.after.each(() => {
  if (hasBorg()) rmSync(lockOf(), { recursive: true, force: true })
})

/** As borg 1.x writes it down. */
const lockedBy = (holder: string): void => {
  mkdirSync(lockOf())
  writeFileSync(join(lockOf(), holder), '')
}
const check = { kind: 'check', mode: 'repository', verifyData: false, maxDurationMs: null, last: null } as const
const checked = async (): Promise<EvidenceOf<'check'>> => evidenceIn(await place.did(check), 'check')

/** A process that is no borg; `use` gets its pid while it lives. */
const withStranger = async (use: (pid: number) => Promise<void>): Promise<void> => {
  const stranger = spawn('sleep', ['600'], { env: { PATH: process.env['PATH'] }, stdio: 'ignore' })
  await once(stranger, 'spawn')
  await use(stranger.pid ?? 0).finally(() => stranger.kill('SIGKILL'))
  await once(stranger, 'exit')
}
/** The pid of a process that has ended. */
const deadPid = async (): Promise<number> => {
  const child = spawn('true', { stdio: 'ignore' })
  await once(child, 'exit')
  return child.pid ?? 0
}

it('another host’s lock is waited for, named, and never broken', async () => {
  lockedBy('elsewhere.example@52230046331.4711-7f00a')
  const evidence = await checked()
  assert.is(faultOf(evidence), 'repository-locked')
  assert.equal(evidence.lock, { outcome: 'refused', holder: 'elsewhere.example@52230046331, pid 4711 (not to be seen from here)' })
  assert.equal(readdirSync(lockOf()), ['elsewhere.example@52230046331.4711-7f00a'])
})

it('another program on this machine is named with whether it lives; its lock is its own', () =>
  withStranger(async (pid) => {
    lockedBy(`${hostname()}@1.${pid}-0`)
    assert.equal((await checked()).lock, { outcome: 'refused', holder: `${hostname()}@1, pid ${pid} (alive on this machine)` })
    rmSync(lockOf(), { recursive: true })
    const dead = await deadPid()
    lockedBy(`${hostname()}@1.${dead}-0`)
    assert.equal((await checked()).lock, { outcome: 'refused', holder: `${hostname()}@1, pid ${dead} (gone from this machine)` })
    assert.ok(existsSync(lockOf()))
  }))

it('the lock of our own dead process is healed on the way', async () => {
  lockedBy(`${place.options.hostId}.${await deadPid()}-0`)
  const evidence = await checked()
  assert.equal(evidence.exit, { code: 0, signal: null })
  assert.not(existsSync(lockOf()))
})

it('the lock of our own dead process whose pid a stranger has now stops borg once, and is broken with the evidence', () =>
  withStranger(async (pid) => {
    lockedBy(`${place.options.hostId}.${pid}-0`)
    const evidence = await checked()
    assert.is(faultOf(evidence), 'repository-locked')
    assert.equal(evidence.lock, { outcome: 'broken', holder: `${place.options.hostId}, pid ${pid} (gone from this machine)` })
    assert.not(existsSync(lockOf()))
    assert.equal((await checked()).exit, { code: 0, signal: null })
  }))

test.run()
