import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DomainEvent } from '@borgledger/domain'
import type { ReadModels, Tally } from '@borgledger/engine'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { completed, deleted, failed, recorded, registered, requested, started } from './fixtures/history.js'
import { openModels } from './fixtures/open-models.js'

const directory = mkdtempSync(join(tmpdir(), 'tally-'))
let models: ReadModels
let files = 0

test.before.each(async () => {
  models = await openModels({ file: join(directory, `read-${(files += 1)}.db`) })
})
test.after.each(() => models.close())
test.after(() => rmSync(directory, { recursive: true }))

const tallied = async (events: ReadonlyArray<DomainEvent>): Promise<Tally> => {
  assert.equal(await models.apply(recorded(events))(), E.right(undefined))
  return models.tally()
}
const backedUp = (jobId: string): ReadonlyArray<DomainEvent> => [requested(jobId), started(jobId), completed(jobId)]

test('jobs are counted once they end, those of deleted entries too', async () => {
  const bad = [requested('job_3', { type: 'check' }), failed('job_3')]
  const { jobs } = await tallied([
    registered('laptop'),
    ...backedUp('job_1'),
    ...backedUp('job_2'),
    deleted('job_2'),
    ...bad,
    requested('job_4'),
  ])
  assert.equal(jobs, [
    { type: 'backup', state: 'completed', outcome: 'success', count: 2 },
    { type: 'check', state: 'failed', outcome: null, count: 1 },
  ])
})

test('an instant is counted by its outcome, a range as all that it holds, and what waits not at all', async () => {
  const at = (hour: number): string => `2026-11-03T0${hour}:00:00.000Z`
  const schedule = { scheduleId: 'nightly' }
  const { ticks } = await tallied([
    { type: 'TickQueued', ...schedule, dueAt: at(1), fireBy: at(2), reason: 'repository-busy', jobs: [] },
    { type: 'TickFired', ...schedule, dueAt: at(1), madeJobId: 'job_1' },
    { type: 'TickFired', ...schedule, dueAt: at(2), madeJobId: 'job_2' },
    { type: 'TicksSkipped', ...schedule, dueAt: at(3), until: at(5), count: 3, reason: 'disabled' },
    { type: 'TickQueued', ...schedule, dueAt: at(6), fireBy: at(7), reason: 'repository-busy', jobs: [] },
  ])
  assert.equal(ticks, [
    { scheduleId: 'nightly', outcome: 'fired', count: 2 },
    { scheduleId: 'nightly', outcome: 'skipped', count: 3 },
  ])
})

test('the last good backup is the last that completed, whatever became of those after it', async () => {
  const history = [registered('laptop'), registered('server'), ...backedUp('job_1'), requested('job_2'), failed('job_2')]
  const { backups } = await tallied(history)
  const good = recorded(history).find(({ event }) => event.type === 'JobCompleted')?.at
  assert.equal(backups, [
    { repositoryId: 'laptop', lastGoodAt: good },
    { repositoryId: 'server', lastGoodAt: null },
  ])
})

test('a repository that is registered anew has no good backup yet, and one that is gone is not told of', async () => {
  const removed = { type: 'RepositoryRemoved', repositoryId: 'laptop' } as const
  const { backups } = await tallied([
    registered('laptop'),
    ...backedUp('job_1'),
    removed,
    registered('laptop'),
    registered('gone'),
    { ...removed, repositoryId: 'gone' },
  ])
  assert.equal(backups, [{ repositoryId: 'laptop', lastGoodAt: null }])
})

test.run()
