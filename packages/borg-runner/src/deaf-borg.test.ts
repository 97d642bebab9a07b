/** Real borg takes no notice of SIGINT in an extract, a check and a compact: the ladder goes on to the signal that it heeds, each rung told. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { RunWork, StopRung } from '@borgledger/domain'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type Archived, archived, brokeOff, type Stopped } from './fixtures/archived.js'
import { endOf, hasBorg, slowFiles } from './fixtures/scene.js'

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

const endedBy = async ({ runId, told }: Stopped) => {
  const rungs = told.flatMap((report) => (report.tag === 'Signalled' ? [`${report.rung.rung} ${report.rung.signal}`] : []))
  assert.is((await place.runner.inspect(runId)()).liveness, 'gone')
  assert.not(readdirSync(place.repository.location).includes('lock.exclusive'))
  return { rungs, exit: endOf(told).evidence.exit }
}

it('an extract and a check end by the second rung', async () => {
  for (const work of works())
    assert.equal(
      await endedBy(await place.stopped(async () => work, ladder, brokeOff)),
      { rungs: ['1 SIGINT', '2 SIGTERM'], exit: { code: 143, signal: null } },
      work.kind,
    )
})

it('a compact ends by the second rung, or by itself, but never by the first', async () => {
  const compact = async (): Promise<RunWork> => {
    if ((await place.archives()).every(({ name }) => name !== 'large')) await place.archive('large')
    await place.did({ kind: 'delete', archive: 'large' })
    return { kind: 'compact', threshold: 0 }
  }
  const wasSignalled = (told: Stopped['told']): boolean => told.some(({ tag }) => tag === 'Signalled')
  const { rungs, exit } = await endedBy(await place.stopped(compact, ladder, wasSignalled))
  assert.is(rungs[0], '1 SIGINT')
  assert.ok(exit?.code === 143 || exit?.code === 0, JSON.stringify(exit))
})

test.run()
