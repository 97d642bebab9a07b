import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodePage, type ReadModels, type TableFault } from '@borgledger/engine'
import { decodeCommit } from '@borgledger/eventstore'
import { generatedHistory } from '@borgledger/testkit'
import { loadSqlite, openDatabase } from 'eventstore-adapter-sqlite/driver'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openModels } from './fixtures/open-models.js'

const directory = mkdtempSync(join(tmpdir(), 'comparison-'))
test.after(() => rmSync(directory, { recursive: true }))

const log = [...generatedHistory({ jobs: 60, seed: 20_261_103, repositories: 3 })].flatMap((commit) => decodePage(decodeCommit(commit)))
let files = 0

/** Tables that hold the log up to `position`. */
const filled = async (position = log.length): Promise<{ readonly models: ReadModels; readonly file: string }> => {
  const file = join(directory, `read-${(files += 1)}.db`)
  const models = await openModels({ file })
  assert.ok(E.isRight(await models.apply(log.slice(0, position))()))
  return { models, file }
}

const faultOf = async (models: ReadModels): Promise<TableFault | null> => {
  const comparison = await models.compare()
  for (let at = 0; at < log.length; at += 97) await comparison.take(log.slice(at, at + 97))
  const fault = await comparison.finish()
  await comparison.close()
  return fault
}

const tamper = (file: string, sql: string): void => {
  const connection = openDatabase(loadSqlite(), { file, mode: 'write' })
  connection.exec(sql)
  connection.close()
}

test('tables that were filled by pages are what a fresh fold gives', async () => {
  const { models } = await filled()
  assert.is(await faultOf(models), null)
  await models.close()
})

const tamperings: ReadonlyArray<readonly [string, string, Partial<TableFault>]> = [
  [
    'a record',
    `UPDATE jobs SET record = replace(record, '"requestedBy":"user:', '"requestedBy":"mallory:') WHERE id = 'job_0000007'`,
    { table: 'jobs', row: 'job_0000007', what: 'the log leads to another record' },
  ],
  [
    'a column',
    `UPDATE jobs SET state = 'pending' WHERE id = 'job_0000009'`,
    { row: 'job_0000009', what: 'the log leads to another state' },
  ],
  ['a row taken out', `DELETE FROM jobs WHERE id = 'job_0000009'`, { row: 'job_0000009', what: 'the row is missing, or is another' }],
  [
    'a row put in',
    `INSERT INTO jobs SELECT 1000000, 'job_x', type, state, outcome, repository_id, schedule_id, created_at, started, finished, deleted, deleted_at, finished_at, log_bytes, record FROM jobs LIMIT 1`,
    { row: 'job_x', what: 'the log knows no such row' },
  ],
  ['a repository', `UPDATE repositories SET record = '{}' WHERE id = 'repository-02'`, { table: 'repositories', row: 'repository-02' }],
]
for (const [what, sql, expected] of tamperings) {
  test(`${what} that was tampered with is named`, async () => {
    const { models, file } = await filled()
    tamper(file, sql)
    const fault = await faultOf(models)
    for (const [key, value] of Object.entries(expected)) assert.is(fault?.[key as keyof TableFault], value)
    await models.close()
  })
}

test('tables that move on during the comparison are compared as they were at its beginning', async () => {
  const { models } = await filled(400)
  const comparison = await models.compare()
  assert.is(comparison.position, 400)
  assert.ok(E.isRight(await models.apply(log.slice(400))()))
  await comparison.take(log)
  assert.is(await comparison.finish(), null)
  await comparison.close()
  assert.is(await models.position(), log.length)
  await models.close()
})

test.run()
