/** A repository that has no more space: the backup fails by that name, is not repeated by itself, and the repository stays whole. */
import { readFileSync, writeFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Borgledger } from './borgledger.js'
import { anna, eventTypes, hasBorg, isLocked, makeHeavy, type Place, place, startBackup, value, withRepository } from './fixtures/place.js'
import { canMount, smallDisk } from './fixtures/small-disk.js'

const test = suite<{ where: Place }>('full disk')
test.before.each((context) => {
  context.where = place()
})
test.after.each(({ where }) => where.clean())
const withBorg = hasBorg() ? test : test.skip

const failsForSpace = async (ledger: Borgledger, where: Place): Promise<void> => {
  const job = await startBackup(ledger, where)
  const end = await job.finished()
  assert.equal([end.state, end.error?.code, end.effect, end.archive], ['failed', 'no-space', 'none', null], JSON.stringify(end.error))
  const types = await eventTypes(ledger, end.id)
  assert.is(types.filter((type) => type === 'RunPrepared').length, 1, 'it is not repeated by itself')
  assert.not(isLocked(where))
}

const checkIsGood = async (ledger: Borgledger): Promise<void> => {
  const job = value(await ledger.start({ type: 'check', repositoryId: 'laptop', mode: 'full' }, anna))
  const end = await job.finished()
  assert.equal([end.state, end.outcome], ['completed', 'success'], JSON.stringify(end.error))
}

withBorg('borg’s own limit for a repository', async ({ where }) => {
  const ledger = await withRepository(where)
  const config = `${where.repository}/config`
  writeFileSync(config, readFileSync(config, 'utf8').replace(/^storage_quota = .*$/m, 'storage_quota = 3000000'))
  makeHeavy(where, 8)
  await failsForSpace(ledger, where)
  await checkIsGood(ledger)
  await ledger.close()
})

if (hasBorg() && canMount)
  test('a disk that is really full', async ({ where }) => {
    const disk = `${where.folder}/disk`
    const unmount = smallDisk(disk, 6)
    try {
      const there = { ...where, repository: `${disk}/repository` }
      const ledger = await withRepository(there)
      makeHeavy(where, 12)
      await failsForSpace(ledger, there)
      writeFileSync(`${where.sources}/a.txt`, 'a small file\n')
      const small = await (await startBackup(ledger, there, { sources: [`${where.sources}/a.txt`] })).finished()
      assert.is(small.state, 'completed', 'borg has given back what it wrote in vain')
      await checkIsGood(ledger)
      await ledger.close()
    } finally {
      unmount()
    }
  })

test.run()
