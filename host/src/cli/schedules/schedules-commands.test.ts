import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type BorgPlace, borgPlaceHere } from '../../fixtures/borg-place.js'
import { commandLine } from '../../fixtures/command-line.js'
import type { Ended } from '../../fixtures/program.js'

let place: BorgPlace
test.before.each(async () => {
  place = await borgPlaceHere()
  await borgledger(...place.registering)
})
test.after.each(() => place.remove())

const borgledger = (...args: ReadonlyArray<string>): Promise<Ended> => commandLine(args, place.env)
const run = (...args: ReadonlyArray<string>): Promise<Ended> => borgledger('schedules', ...args)
const due = ['--cron', '30 2 * * *', '--time-zone', 'Europe/Berlin']
const addNightly = () => run('add', 'backup', '--id', 'nightly', '--repository', 'r', '--source', place.folder, ...due)

test('a schedule is added, listed, shown, looked ahead, switched off and on, and removed', async () => {
  const added = await addNightly()
  assert.equal([added.status, added.stderr], [0, ''])
  assert.match(added.stdout, /^nightly is added, due next at 20\d\d-\S+Z\n$/)
  assert.match((await run()).stdout, /^ID +CRON[\s\S]*\nnightly +30 2 \* \* \* +Europe\/Berlin +backup of r +20\S+ +-\n$/)
  assert.match((await run('show', 'nightly')).stdout, /\ndue: +30 2 \* \* \* in Europe\/Berlin\n/)
  assert.is((await run('preview', 'nightly', '--count', '3')).stdout.trim().split('\n').length, 3)
  assert.is((await run('ticks', 'nightly')).stdout, 'nothing came due yet\n')
  assert.is((await run('disable', 'nightly')).stdout, 'nightly is disabled\n')
  assert.match((await run('enable', 'nightly')).stdout, /^nightly is enabled, due next at /)
  assert.is((await run('remove', 'nightly')).stdout, 'nightly is removed\n')
  assert.is((await run('list')).stdout, 'no schedules\n')
})

test('run by hand it is watched to its end, and its job is found by the schedule', async () => {
  await addNightly()
  const ran = await run('run', 'nightly')
  assert.is(ran.status, 0)
  assert.match(ran.stdout, /backup job_\S+ completed nightly-\d{8}T\d{6}Z\n$/)
  const { items } = JSON.parse((await borgledger('jobs', '--schedule', 'nightly', '--json')).stdout)
  assert.equal([items.length, items[0].trigger.scheduleId], [1, 'nightly'])
})

test('a wrong expression is wrong usage, and an unknown schedule is a failure', async () => {
  const wrong = await run('add', 'check', '--repository', 'r', '--cron', 'often', '--time-zone', 'UTC')
  assert.is(wrong.status, 2)
  assert.match(wrong.stderr, /^invalid-body: cron: expected a cron expression/)
  const unknown = await run('show', 'nowhere')
  assert.is(unknown.status, 1)
  assert.match(unknown.stderr, /^schedule-not-found: /)
})

test.run()
