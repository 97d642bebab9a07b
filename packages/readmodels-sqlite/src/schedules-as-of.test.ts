// A schedule that waits, is tried again, is changed, removed and added once more, shown as it was at every position of its history.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Command, dueFacts, evolveAll, initialState, type ScheduleDefinition } from '@borgledger/domain'
import { decodePage, type ReadModels, scheduleAsOf, schedulesAsOf } from '@borgledger/engine'
import { decodeCommit, inMemoryEventStore, type RecordedCommit } from '@borgledger/eventstore'
import { preflight, processIdentity, scribe, workOf } from '@borgledger/testkit'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openModels } from './fixtures/open-models.js'
import { shownSchedules } from './fixtures/shown-schedules.js'

const directory = mkdtempSync(join(tmpdir(), 'schedules-as-of-'))
test.after(() => rmSync(directory, { recursive: true }))

const access = { location: '/backups/one', passphrase: null, executable: null }
const hourly: ScheduleDefinition = {
  name: 'hourly',
  cron: '0 * * * *',
  timeZone: 'UTC',
  enabled: true,
  overlap: 'queue-one',
  missed: 'once',
  windowMs: 7_200_000,
  job: { work: workOf('backup'), repositoryId: 'one' },
}

/** Due at every hour, with a job that never ends in the way; then nobody knows its repository, so that its job cannot be made. */
const history = (): ReadonlyArray<RecordedCommit> => {
  const ledger = scribe()
  const commits: RecordedCommit[] = []
  const iso = (minute: number): string => new Date(Date.UTC(2026, 10, 3, 0, minute)).toISOString()
  const at = (minute: number, command: Command): void => {
    const written = ledger.write(Date.parse(iso(minute)), { actor: 'user:anna', command })
    if (written !== null) commits.push(written.commit)
  }
  const facts = (minute: number) => dueFacts(ledger.state().schedules.byId.get('hourly') as never, iso(minute))
  const fire = (minute: number): void => at(minute, { type: 'FireDue', scheduleId: 'hourly', due: facts(minute) })
  const tend = (minute: number): void => at(minute, { type: 'TendSchedules' })
  at(0, { type: 'StartOwner', host: 'a', software: 'test', rules: 1 })
  at(0, { type: 'OpenDispatch' })
  at(0, { type: 'RegisterRepository', repositoryId: 'one', name: 'one', access, borgId: null, created: false })
  at(1, { type: 'AddSchedule', scheduleId: 'hourly', definition: hourly })
  fire(60)
  const [jobId = ''] = ledger.state().jobs.keys()
  at(60, { type: 'PrepareRun', jobId, runId: 'run', preflight: preflight() })
  at(60, { type: 'ReportSpawned', jobId, runId: 'run', process: processIdentity() })
  fire(120)
  fire(180)
  tend(241)
  tend(301)
  at(310, { type: 'ChangeSchedule', scheduleId: 'hourly', definition: { ...hourly, enabled: false }, due: facts(310) })
  at(320, { type: 'ChangeSettings', changes: { logRetentionDays: 7 } })
  at(330, { type: 'RemoveSchedule', scheduleId: 'hourly', due: facts(330) })
  at(340, { type: 'AddSchedule', scheduleId: 'hourly', definition: { ...hourly, overlap: 'allow' } })
  at(341, { type: 'AddSchedule', scheduleId: 'another', definition: { ...hourly, enabled: false } })
  fire(360)
  return commits
}

const opened = (name: string): Promise<ReadModels> => openModels({ file: join(directory, name) })

test('at every position it is what was shown there', async () => {
  const commits = history()
  const log = commits.flatMap((commit) => decodePage(decodeCommit(commit)))
  const types = new Set(log.map(({ event }) => event.type))
  for (const type of ['TickQueued', 'TickFired', 'TicksSkipped', 'ScheduleRemoved'] as const) assert.ok(types.has(type), `${type} is tried`)
  const parts = { store: inMemoryEventStore({ commits }), readModels: await opened('now.db') }
  assert.ok(E.isRight(await parts.readModels.apply(log)()))
  const then = await opened('then.db')
  for (let position = 0; position <= log.length; position++) {
    assert.ok(E.isRight(await then.apply(log.slice(0, position))()))
    const past = await schedulesAsOf(parts, position)
    assert.equal(past, await shownSchedules(evolveAll(initialState, log.slice(0, position)), then), `at ${position}`)
    for (const schedule of past) assert.equal(await scheduleAsOf(parts, position, schedule.scheduleId), schedule)
  }
  await then.close()
  await parts.readModels.close()
})

test.run()
