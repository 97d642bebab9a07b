import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Borgledger } from '../borgledger.js'
import { anna, codeOf, type Place, place, value, withFake, withRepository } from '../fixtures/place.js'
import type { ScheduleBody } from './schedule-body.js'

const test = suite<{ where: Place }>('schedules')
test.before.each((context) => {
  context.where = place()
})
test.after.each(({ where }) => where.clean())

const bodyOf = (where: Place, over: Partial<ScheduleBody> = {}): ScheduleBody => ({
  id: 'nightly',
  name: 'Nightly',
  cron: '0 2 * * *',
  timeZone: 'Europe/Berlin',
  job: { type: 'backup', repositoryId: 'laptop', sources: [where.sources] },
  ...over,
})

/** Resolves once a due instant fired, with its job. */
const fired = (ledger: Borgledger): Promise<string> =>
  new Promise((resolve) => {
    const hearing = ledger.eventsAfter(0).subscribe(({ type, data }) => {
      if (type !== 'TickFired') return
      hearing.unsubscribe()
      resolve((data as { readonly madeJobId: string }).madeJobId)
    })
  })

test('a schedule of every second makes a real job, which is found by its schedule', async ({ where }) => {
  const ledger = await withFake(where, { kind: 'succeed' })
  value(await ledger.addSchedule(bodyOf(where, { cron: '* * * * * *' }), anna))
  const jobId = await fired(ledger)
  const end = await ledger.job(jobId).finished()
  assert.equal([end.state, end.series, end.trigger.kind], ['completed', 'nightly', 'schedule'])
  value(await ledger.changeSchedule('nightly', { enabled: false }, anna))
  const jobs = value(await ledger.jobs({ scheduleId: 'nightly' })).items
  const ticks = value(await ledger.ticks('nightly')).items
  assert.ok(jobs.some(({ id }) => id === jobId))
  assert.ok(ticks.some((tick) => tick.outcome === 'fired' && tick.jobId === jobId))
  assert.is((await ledger.verify()).ok, true)
  await ledger.close()
})

test('a schedule is added, shown, changed, looked ahead, run by hand and removed', async ({ where }) => {
  const ledger = await withFake(where, { kind: 'succeed' })
  const added = value(await ledger.addSchedule(bodyOf(where), anna))
  assert.equal([added.enabled, added.overlap, added.missed, added.windowMs, added.lastTick], [true, 'skip', 'once', null, null])
  assert.equal(added.job, { type: 'backup', repositoryId: 'laptop', sources: [where.sources] })
  const [first, ...more] = value(await ledger.preview('nightly', 3))
  assert.equal([first, more.length], [added.nextDueAt, 2])
  assert.is(value(await ledger.at('2030-01-01T00:00:00Z').schedule('nightly')).nextDueAt, '2030-01-01T01:00:00.000Z')
  const changed = value(await ledger.changeSchedule('nightly', { enabled: false, windowMs: 60_000 }, anna))
  assert.equal([changed.enabled, changed.windowMs, changed.nextDueAt, changed.cron], [false, 60_000, null, '0 2 * * *'])
  const job = value(await ledger.runSchedule('nightly', anna))
  const end = await job.finished()
  assert.equal([end.state, end.trigger], ['completed', { kind: 'manual', scheduleId: 'nightly' }])
  assert.equal(value(await ledger.ticks('nightly')), { items: [], nextCursor: null })
  value(await ledger.removeSchedule('nightly', anna))
  assert.equal([await ledger.schedules(), value(await ledger.at(added.position).schedules())], [[], [added]])
  for (const refused of [
    await ledger.schedule('nightly'),
    await ledger.at(added.position - 1).schedule('nightly'),
    await ledger.runSchedule('nightly', anna),
    await ledger.removeSchedule('nightly', anna),
    await ledger.preview('nightly', 1),
    await ledger.ticks('nightly'),
    await ledger.changeSchedule('nightly', {}, anna),
  ])
    assert.is(codeOf(refused), 'schedule-not-found')
  await ledger.close()
})

test('what is wrong with a schedule is said by field', async ({ where }) => {
  const ledger = await withFake(where, { kind: 'succeed' })
  const paths = async (over: object): Promise<unknown> => {
    const refused = await ledger.addSchedule({ ...bodyOf(where), ...over }, anna)
    return !refused.ok && (refused.error.errors?.map(({ path }) => path) ?? refused.error.code)
  }
  assert.equal(await paths({ cron: '61 * * * *', timeZone: 'Mars' }), ['cron', 'timeZone'])
  assert.equal(await paths({ job: { type: 'backup', repositoryId: 'laptop', sources: [], onBusy: 'queue' } }), ['job.onBusy'])
  assert.equal(await paths({ job: { type: 'backup', repositoryId: 'laptop', sources: [] } }), ['job.sources'])
  assert.equal(await paths({ job: { type: 'nap' } }), ['job.type'])
  assert.equal(await paths({ colour: 'red', overlap: 'maybe', windowMs: 0 }), ['overlap', 'windowMs', 'colour'])
  assert.is(await paths({ job: { type: 'check', repositoryId: 'nowhere', mode: 'full' } }), 'repository-not-found')
  assert.equal(await ledger.schedules(), [])
  await ledger.close()
})

test('the same key adds one schedule, and makes one job', async ({ where }) => {
  const ledger = await withFake(where, { kind: 'succeed' })
  const { id: _, ...unnamed } = bodyOf(where)
  const keyed = { ...anna, idempotencyKey: 'k' }
  const one = value(await ledger.addSchedule(unnamed, keyed))
  assert.is(value(await ledger.addSchedule(unnamed, keyed)).id, one.id)
  const again = { ...anna, idempotencyKey: 'k2' }
  assert.is(value(await ledger.runSchedule(one.id, again)).id, value(await ledger.runSchedule(one.id, again)).id)
  await ledger.close()
})

test('what came due while no host was there is accounted for by the next one', async ({ where }) => {
  const executable = await where.fake({ kind: 'succeed' })
  const early = await withRepository(where, { borg: { executable } }, { runsJobs: false })
  value(await early.addSchedule(bodyOf(where, { cron: '* * * * * *' }), anna))
  const [dueAt] = value(await early.preview('nightly', 1))
  await early.close()
  while (new Date().toISOString() <= (dueAt ?? '')) await new Promise((resolve) => setImmediate(resolve))
  const ledger = await where.open()
  const end = await ledger.job(await fired(ledger)).finished()
  assert.is(end.state, 'completed')
  await ledger.close()
})

test.run()
