/** A real sshd that dies or stands still in the middle of a backup: what is told of it, and what becomes of the lock over there. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { faultOf } from '@borgledger/domain'
import { kill } from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { canBeRemote, type Remote, remote } from './fixtures/remote.js'
import { allOf, atWork, evidenceIn, slowFiles, until } from './fixtures/scene.js'

const it = canBeRemote() ? test : test.skip
let place: Remote
test.before.each(async () => {
  if (canBeRemote()) place = await remote()
})
test.after.each(async () => {
  if (canBeRemote()) await place.close()
})

/** Begins a backup that takes far longer than it is let, and gives its end once it is at work; by then nobody else is served. */
const begun = async (runId: string) => {
  slowFiles(place.source, 120, 500_000)
  await until(() => place.sshd.sessions().length === 0, 'who was served before has left')
  const reports = place.runner.run(place.asked(place.create('large', { compression: 'lzma,6' }), runId))
  const all = allOf(reports)
  await atWork(reports)
  return { all }
}
const signalSessions = (signal: NodeJS.Signals): void => {
  for (const pid of place.sshd.sessions()) kill(pid, signal)
}
const isLocked = (): boolean => existsSync(join(place.there, 'lock.exclusive'))

it('a connection that is cut is lost, its lock is left to the other side, and the next backup runs', async () => {
  const { all } = await begun('run-cut')
  const [session = 0] = place.sshd.sessions()
  process.kill(session, 'SIGKILL')
  const evidence = evidenceIn(await all, 'create')
  assert.is(faultOf(evidence), 'connection-lost')
  assert.equal([evidence.archive, evidence.lock], [null, { outcome: 'out-of-reach', holder: null }])
  await until(() => !isLocked(), 'the other side has noticed')
  const next = evidenceIn(await place.did(place.create('next', { sources: [join(place.source, 'd0')] }), 'run-next'), 'create')
  assert.is(next.exit?.code, 0)
})

it('a server that stands still is given up within the bound; its lock stays, and whoever comes next waits for it', async () => {
  const { all } = await begun('run-still')
  signalSessions('SIGSTOP')
  const evidence = evidenceIn(await all, 'create')
  assert.is(faultOf(evidence), 'connection-lost')
  assert.equal([evidence.looked, evidence.lock?.outcome], [false, 'out-of-reach'])
  const waiting = evidenceIn(await place.did(place.create('waiting'), 'run-waiting'), 'create')
  assert.equal([faultOf(waiting), waiting.lock], ['repository-locked', null])
  assert.ok(isLocked(), 'nobody broke it')
  signalSessions('SIGCONT')
  await until(() => !isLocked(), 'the other side has noticed')
  const next = evidenceIn(await place.did(place.create('next', { sources: [join(place.source, 'd0')] }), 'run-next'), 'create')
  assert.is(next.exit?.code, 0)
})

test.run()
