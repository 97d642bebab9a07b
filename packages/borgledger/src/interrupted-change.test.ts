/**
 * Real prunes and deletes, broken off by force at any moment: their effect is what the list of archives shows, no lock of ours stays, and the
 * next job runs. The moments are drawn from a pinned seed.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Borgledger, JobBody } from './borgledger.js'
import { anna, hasBorg, isLocked, type Place, place, startBackup, value, withRepository } from './fixtures/place.js'
import { archivesIn } from './fixtures/real-borg.js'

const test = suite<{ where: Place }>('interrupted change')
test.before.each((context) => {
  context.where = place()
})
test.after.each(({ where }) => where.clean())
const withBorg = hasBorg() ? test : test.skip

const withArchives = async (where: Place, count: number): Promise<Borgledger> => {
  const ledger = await withRepository(where)
  for (let index = 0; index < count; index += 1) {
    const end = await (await startBackup(ledger, where, { archiveName: `laptop-{time}-${index}` })).finished()
    assert.is(end.state, 'completed', JSON.stringify(end.error))
  }
  return ledger
}

/** Starts it, and cancels it by force so long after its process was seen; gives its end. */
const brokenOff = async (ledger: Borgledger, body: JobBody, step: string, afterMs: number) => {
  const job = value(await ledger.start(body, anna))
  for await (const seen of job.updates()) {
    if (seen.state !== 'running' && seen.state !== 'pending') break
    if (!seen.steps.some(({ name }) => name === step)) continue
    await sleep(afterMs)
    await job.cancel({ ...anna, reason: 'at any moment', force: true })
    break
  }
  return job.finished()
}

/** A small generator of numbers between 0 and 1, the same at every run. */
const numbersFrom = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}
const seed = 20261123
const msMax = 1_300

const effectOn = (due: ReadonlyArray<string>, left: ReadonlyArray<string>): string => {
  const kept = due.filter((name) => left.includes(name)).length
  if (kept === 0) return 'complete'
  return kept < due.length ? 'partial' : 'none'
}

withBorg('deletes and prunes', async ({ where }) => {
  const ledger = await withArchives(where, 6)
  const next = numbersFrom(seed)
  for (let round = 0; round < 5; round += 1) {
    const before = archivesIn(where)
    const [oldest = ''] = before
    const keep = { last: Math.max(1, before.length - 1) }
    const [body, step, due] =
      round % 2 === 0
        ? [{ type: 'archive-delete', archive: oldest }, 'delete', [oldest]]
        : [{ type: 'prune', allArchives: true, keep }, 'prune', before.slice(0, before.length - keep.last)]
    const afterMs = Math.floor(next() * msMax)
    const end = await brokenOff(ledger, { ...body, repositoryId: 'laptop' }, step, afterMs)
    const told = `seed ${seed}, round ${round}, ${step} after ${afterMs} ms: ${end.state}, ${end.effect}`
    assert.is(end.effect, effectOn(due, archivesIn(where)), told)
    assert.not(isLocked(where), told)
  }
  assert.is((await (await startBackup(ledger, where)).finished()).state, 'completed')
  await ledger.close()
})

test.run()
