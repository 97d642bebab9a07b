import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { isAlive, parentOf } from '@borgledger/testkit'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Borgledger } from './borgledger.js'
import { killedWhen, type Said } from './fixtures/doomed.js'
import { anna, eventTypes, hasBorg, isLocked, makeHeavy, type Place, place, value, withRepository } from './fixtures/place.js'
import { archivesIn } from './fixtures/real-borg.js'

const test = suite<{ where: Place }>('crash')
test.before.each((context) => {
  context.where = place()
})
test.after.each(({ where }) => where.clean())
const withBorg = hasBorg() ? test : test.skip

interface Crash extends Said {
  readonly borgPid: number
}

/** Its host starts a long backup over real borg and is killed in the middle of it. */
const killedInTheMiddle = async (where: Place): Promise<Crash> => {
  const body = { type: 'backup', repositoryId: 'laptop', sources: [where.sources], compression: 'lzma,9' }
  const said = await killedWhen(where, body, () => pidOfRun(where) > 0 && isLocked(where), 'borg is at work')
  return { ...said, borgPid: pidOfRun(where) }
}

const runDirOf = (where: Place): string => {
  const runs = `${where.dataDir}/runs`
  return `${runs}/${existsSync(runs) ? (readdirSync(runs)[0] ?? '') : ''}`
}

/** 0: there is none yet. */
const pidOfRun = (where: Place): number => {
  const file = `${runDirOf(where)}/pid`
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : 0
}

const prepared = async (where: Place, settings: object = {}): Promise<void> => {
  makeHeavy(where, 24)
  const ledger = await withRepository(where)
  value(await ledger.changeSettings({ logSavePolicy: 'all', ...settings }, anna))
  await ledger.close()
}

const wholeAfter = async (ledger: Borgledger, { jobId, position }: Crash): Promise<ReadonlyArray<string>> => {
  const verdict = await ledger.verify()
  assert.is(verdict.ok, true)
  assert.ok(verdict.position > position, 'no acknowledged event is missing')
  const types = await eventTypes(ledger, jobId)
  assert.is(types.filter((type) => ['JobCompleted', 'JobFailed', 'JobCancelled'].includes(type)).length, 1)
  return types
}

withBorg('borg lives on when its host is killed; by default the next host stops it and says so', async ({ where }) => {
  await prepared(where)
  const crash = await killedInTheMiddle(where)
  assert.ok(isAlive(crash.borgPid), 'borg lives on')
  const ledger = await where.open()
  const end = await ledger.job(crash.jobId).finished()
  assert.equal([end.state, end.error?.code, end.effect], ['failed', 'interrupted-by-restart', 'none'])
  assert.not.ok(isAlive(crash.borgPid), 'no process of a terminal job is left')
  const types = await wholeAfter(ledger, crash)
  assert.ok(types.includes('JobRecovered') && types.includes('SignalSent'))
  assert.equal(archivesIn(where), [])
  const next = value(await ledger.start({ type: 'backup', repositoryId: 'laptop', sources: [`${where.sources}/a.txt`] }, anna))
  assert.is((await next.finished()).state, 'completed')
  await ledger.close()
})

withBorg('with the policy to adopt, the same backup is followed to its end, with its archive and its whole log', async ({ where }) => {
  await prepared(where, { recovery: 'adopt' })
  const crash = await killedInTheMiddle(where)
  const ledger = await where.open()
  const end = await ledger.job(crash.jobId).finished()
  assert.equal([end.state, end.outcome, end.effect], ['completed', 'success', 'complete'])
  assert.equal(archivesIn(where), [end.archive])
  await wholeAfter(ledger, crash)
  const log = readFileSync(`${where.dataDir}/logs/${crash.jobId}.log`, 'utf8')
  assert.match(log, /borg ended with exit code 0/)
  await ledger.close()
})

withBorg('when host and borg are killed together the job is failed, and the next backup needs no manual break-lock', async ({ where }) => {
  await prepared(where)
  const crash = await killedInTheMiddle(where)
  // The shell above borg first, as when a container or a machine goes down: no report is left.
  process.kill(parentOf(crash.borgPid), 'SIGKILL')
  process.kill(-crash.borgPid, 'SIGKILL')
  const ledger = await where.open()
  const end = await ledger.job(crash.jobId).finished()
  assert.equal([end.state, end.error?.code], ['failed', 'interrupted-by-restart'])
  await wholeAfter(ledger, crash)
  const next = value(await ledger.start({ type: 'backup', repositoryId: 'laptop', sources: [`${where.sources}/a.txt`] }, anna))
  assert.is((await next.finished()).state, 'completed')
  await ledger.close()
})

test.run()
