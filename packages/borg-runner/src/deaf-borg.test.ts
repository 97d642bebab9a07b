/** Real borg takes no notice of SIGINT in an extract, a check and a compact: the ladder goes on to the signal that it heeds, each rung told. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { RunWork, StopRung } from '@borgledger/domain'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type Archived, archived } from './fixtures/archived.js'
import { allOf, atWork, endOf, hasBorg, slowFiles } from './fixtures/scene.js'

const it = hasBorg() ? test : test.skip
let place: Archived
test.before(async () => {
  if (!hasBorg()) return
  place = await archived()
  slowFiles(place.source, 100, 1_000_000)
  await place.archive('large')
})
test.after(async () => {
  if (hasBorg()) await place.close()
})

const ladder: ReadonlyArray<StopRung> = [
  { signal: 'SIGINT', target: 'process', waitMsMax: 100, untilCheckpoint: false },
  { signal: 'SIGTERM', target: 'process', waitMsMax: 10_000, untilCheckpoint: false },
]

const works = (): ReadonlyArray<RunWork> => [
  { kind: 'extract', archive: 'large', paths: [], destination: { path: join(place.folder, 'out') }, stripComponents: 0 },
  { kind: 'check', mode: 'full', verifyData: true, maxDurationMs: null, last: null },
]

const stopped = async (work: RunWork) => {
  const runId = `deaf-${work.kind}`
  const reports = place.runner.run(place.ask(work, runId))
  const all = allOf(reports)
  await atWork(reports)
  place.runner.stop(runId, ladder)
  const told = await all
  const rungs = told.flatMap((report) => (report.tag === 'Signalled' ? [`${report.rung.rung} ${report.rung.signal}`] : []))
  assert.is((await place.runner.inspect(runId)()).liveness, 'gone')
  assert.not(readdirSync(place.repository.location).includes('lock.exclusive'))
  return { rungs, exit: endOf(told).evidence.exit }
}

it('an extract and a check end by the second rung', async () => {
  for (const work of works())
    assert.equal(await stopped(work), { rungs: ['1 SIGINT', '2 SIGTERM'], exit: { code: 143, signal: null } }, work.kind)
})

it('a compact ends by the second rung, or by itself, but never by the first', async () => {
  await place.did({ kind: 'delete', archive: 'large' })
  const { rungs, exit } = await stopped({ kind: 'compact', threshold: 0 })
  assert.is(rungs[0], '1 SIGINT')
  assert.ok(exit?.code === 143 || exit?.code === 0, JSON.stringify(exit))
})

test.run()
