/** A host that is killed while a script of its backup runs: what was stopped is started again by the next one, once. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isAlive, parentOf, until } from '@borgledger/testkit'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Borgledger } from '../borgledger.js'
import { killedWhen } from '../fixtures/doomed.js'
import { anna, eventTypes, type Place, place, value, withFake } from '../fixtures/place.js'

const test = suite<{ where: Place }>('killed in a script')
test.before.each((context) => {
  context.where = place()
})
test.after.each(({ where }) => where.clean())

/** `wait` says that it is there and waits until it may go; `note` writes what it was told. */
const prepared = async (where: Place): Promise<void> => {
  const ledger = await withFake(where, { kind: 'succeed' })
  const env = { DIR: where.folder }
  const wait =
    'echo $$ >> "$DIR/waits"; while [ ! -e "$DIR/go" ]; do sleep 0.05; done; echo "waited:$BORGLEDGER_HOOK_OUTCOME" >> "$DIR/notes"'
  value(await ledger.addScript({ id: 'wait', name: 'Wait', body: wait, env }, anna))
  value(await ledger.addScript({ id: 'note', name: 'Note', body: 'echo "note:$BORGLEDGER_HOOK_OUTCOME" >> "$DIR/notes"', env }, anna))
  await ledger.close()
}

/** The job of a host that was killed while script `wait` ran. */
const killedWhileItWaits = async (where: Place, scripts: ReadonlyArray<object>): Promise<string> => {
  const body = { type: 'backup', repositoryId: 'laptop', sources: [where.sources], scripts }
  return (await killedWhen(where, body, () => (linesOf(where, 'waits')[0] ?? '') !== '', 'the script waits')).jobId
}

const linesOf = ({ folder }: Place, name: 'notes' | 'waits'): ReadonlyArray<string> =>
  existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8').trim().split('\n') : []

const hasOneEnd = async (ledger: Borgledger, jobId: string): Promise<void> => {
  const types = await eventTypes(ledger, jobId)
  assert.is(types.filter((type) => ['JobCompleted', 'JobFailed', 'JobCancelled'].includes(type)).length, 1)
  assert.is((await ledger.verify()).ok, true)
}

test('in a pre-script: it is stopped, the backup has failed, and its post-script runs once', async ({ where }) => {
  await prepared(where)
  const jobId = await killedWhileItWaits(where, [
    { id: 'wait', phase: 'pre' },
    { id: 'note', phase: 'post' },
  ])
  const [pid = ''] = linesOf(where, 'waits')
  assert.ok(isAlive(Number(pid)), 'the script lives on')
  const ledger = await where.open()
  const end = await ledger.job(jobId).finished()
  assert.equal([end.state, end.error?.code, end.effect], ['failed', 'interrupted-by-restart', 'none'])
  assert.equal([linesOf(where, 'notes'), isAlive(Number(pid))], [['note:failure'], false])
  await hasOneEnd(ledger, jobId)
  await ledger.close()
})

test('in a post-script that lives on: it is followed to its end, and the next one runs after it', async ({ where }) => {
  await prepared(where)
  const jobId = await killedWhileItWaits(where, [
    { id: 'wait', phase: 'post' },
    { id: 'note', phase: 'post' },
  ])
  const ledger = await where.open()
  writeFileSync(join(where.folder, 'go'), '')
  const end = await ledger.job(jobId).finished()
  assert.equal([end.state, end.outcome, end.warnings], ['completed', 'success', []])
  assert.equal([linesOf(where, 'notes'), linesOf(where, 'waits').length], [['waited:success', 'note:success'], 1])
  await hasOneEnd(ledger, jobId)
  await ledger.close()
})

test('in a post-script that was killed too: that is told, it is not run twice, and the next one runs', async ({ where }) => {
  await prepared(where)
  const jobId = await killedWhileItWaits(where, [
    { id: 'wait', phase: 'post' },
    { id: 'note', phase: 'post' },
  ])
  const [pid = ''] = linesOf(where, 'waits')
  process.kill(parentOf(Number(pid)), 'SIGKILL')
  process.kill(-Number(pid), 'SIGKILL')
  const ledger = await where.open()
  const end = await ledger.job(jobId).finished()
  assert.equal([end.state, end.outcome, end.warnings.map(({ code }) => code)], ['completed', 'warning', ['step-failed']])
  assert.match(end.warnings[0]?.message ?? '', /^post:wait failed: script wait is gone and left no report/)
  assert.equal([linesOf(where, 'notes'), linesOf(where, 'waits').length], [['note:success'], 1])
  await hasOneEnd(ledger, jobId)
  await ledger.close()
})

test('after its script has ended with nobody there: it counts as run, with the end that it had', async ({ where }) => {
  await prepared(where)
  const jobId = await killedWhileItWaits(where, [{ id: 'wait', phase: 'post' }])
  writeFileSync(join(where.folder, 'go'), '')
  const hasEnded = (): boolean => readdirSync(`${where.dataDir}/runs`).every((run) => existsSync(`${where.dataDir}/runs/${run}/exit`))
  await until(hasEnded, 'the script has ended')
  const ledger = await where.open()
  const end = await ledger.job(jobId).finished()
  assert.equal([end.state, end.outcome, linesOf(where, 'notes')], ['completed', 'success', ['waited:success']])
  await hasOneEnd(ledger, jobId)
  await ledger.close()
})

test.run()
