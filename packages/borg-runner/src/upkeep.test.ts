/** Check, compact, prune and delete with real borg: what is told of them is what became of the repository. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type Archived, archived, first, second } from './fixtures/archived.js'
import { endOf, evidenceIn, hasBorg } from './fixtures/scene.js'

const it = hasBorg() ? test : test.skip
let place: Archived
test.before(async () => {
  if (hasBorg()) place = await archived()
})
test.after(async () => {
  if (hasBorg()) await place.close()
})

const check = { kind: 'check', mode: 'full', verifyData: false, maxDurationMs: null, last: null } as const
const names = async (): Promise<ReadonlyArray<string>> => (await place.archives()).map(({ name }) => name)
const good = { code: 0, signal: null }

it('the archives are told oldest first, with the time of their beginning in UTC', async () => {
  const archives = await place.archives()
  assert.equal(
    archives.map(({ name, comment }) => [name, comment]),
    [
      [first, 'series=home job=job-1'],
      [second, 'series=home job=job-1'],
    ],
  )
  for (const { at, id } of archives) {
    assert.ok(Math.abs(Date.now() - Date.parse(at)) < 300_000, at)
    assert.match(id, /^[0-9a-f]{64}$/)
  }
})

for (const mode of ['repository', 'archives', 'full'] as const)
  it(`a check of a sound repository finds nothing: ${mode}`, async () => {
    const work = mode === 'repository' ? { ...check, mode, maxDurationMs: 60_000 } : { ...check, mode, last: 1, verifyData: true }
    const reports = await place.did(work)
    const evidence = evidenceIn(reports, 'check')
    assert.equal([evidence.exit, evidence.problems, evidence.firstProblem], [good, 0, null])
    assert.equal(evidence.warnings, [])
    assert.ok(reports.some((report) => report.tag === 'Progressed' && report.progress.percent !== null))
  })

it('a plan says what would be kept and deleted, and leaves everything as it is; names with blanks too', async () => {
  for (const name of ['two  blanks 1', 'other-20261123T181500Z']) await place.archive(name)
  const before = await place.archives()
  const plan = evidenceIn(await place.did({ kind: 'prune-plan', keep: { last: 1 }, pattern: '*' }), 'prune-plan')
  assert.equal(plan.exit, good)
  assert.equal(plan.keeps, ['other-20261123T181500Z'])
  assert.equal([...(plan.prunes ?? [])].sort(), [first, second, 'two  blanks 1'].sort())
  assert.equal(plan.archives, before)
  assert.equal(await place.archives(), before)
})

it('a prune deletes as its plan said, and touches no other series', async () => {
  const work = { keep: { last: 1, daily: 0 }, pattern: 'home-[0-9]*' } as const
  const plan = evidenceIn(await place.did({ kind: 'prune-plan', ...work }), 'prune-plan')
  assert.equal([plan.keeps, plan.prunes], [[second], [first]])
  const { before, after, exit } = evidenceIn(await place.did({ kind: 'prune', ...work }), 'prune')
  assert.equal(exit, good)
  assert.equal(before, plan.archives)
  assert.equal(
    after?.map(({ name }) => name),
    before?.map(({ name }) => name).filter((name) => name !== first),
  )
  assert.equal(after, await place.archives())
})

it('a delete takes the one archive', async () => {
  const { before, after, exit } = evidenceIn(await place.did({ kind: 'delete', archive: 'two  blanks 1' }), 'delete')
  assert.equal(exit, good)
  assert.ok(before?.some(({ name }) => name === 'two  blanks 1'))
  assert.equal(
    after?.map(({ name }) => name),
    [second, 'other-20261123T181500Z'],
  )
})

it('a delete of an archive that is not there ends well in borg 1.2; that it was not there is told by the lists', async () => {
  const evidence = evidenceIn(await place.did({ kind: 'delete', archive: 'no-such' }), 'delete')
  assert.ok([0, 1].includes(evidence.exit?.code ?? 2))
  assert.not(evidence.before?.some(({ name }) => name === 'no-such'))
  assert.equal(evidence.after, evidence.before)
})

it('an unfinished archive is in no list; a plan names it, a prune and a delete take it', async () => {
  const [superseded, other] = ['home-20261123T181500Z.checkpoint', 'other-20261123T181500Z.checkpoint']
  for (const name of [superseded, other, 'home-20261123T181700Z']) await place.archive(name)
  assert.equal(await names(), [second, 'other-20261123T181500Z', 'home-20261123T181700Z'])
  const work = { keep: { last: 2 }, pattern: 'home-[0-9]*' } as const
  const plan = evidenceIn(await place.did({ kind: 'prune-plan', ...work }), 'prune-plan')
  assert.equal([plan.keeps, plan.prunes], [['home-20261123T181700Z', second], [superseded]])
  const seenIn = (archives: typeof plan.archives) => [superseded, other].map((name) => archives?.some((one) => one.name === name))
  const pruned = evidenceIn(await place.did({ kind: 'prune', ...work }), 'prune')
  assert.equal(
    [seenIn(pruned.before), seenIn(pruned.after)],
    [
      [true, true],
      [false, true],
    ],
  )
  const deleted = evidenceIn(await place.did({ kind: 'delete', archive: other }), 'delete')
  assert.equal(
    [seenIn(deleted.before), seenIn(deleted.after)],
    [
      [false, true],
      [false, false],
    ],
  )
  await place.did({ kind: 'delete', archive: 'home-20261123T181700Z' })
})

it('a compact tells how much space it gave back', async () => {
  const { freedBytes, exit } = evidenceIn(await place.did({ kind: 'compact', threshold: 0 }), 'compact')
  assert.equal(exit, good)
  assert.ok((freedBytes ?? 0) > 0, String(freedBytes))
  assert.equal(await names(), [second, 'other-20261123T181500Z'])
})

it('a flipped byte is damage: counted, its first place told, and borg ends with 1', async () => {
  const segments = join(place.repository.location, 'data', '0')
  const saved = new Map(readdirSync(segments).map((name) => [join(segments, name), readFileSync(join(segments, name))]))
  for (const [path, bytes] of saved) {
    if (bytes.length < 200) continue
    const flipped = Buffer.from(bytes)
    flipped[100] = (flipped[100] ?? 0) ^ 0xff
    writeFileSync(path, flipped)
  }
  const reports = await place.did({ ...check, mode: 'repository' })
  const evidence = evidenceIn(reports, 'check')
  assert.equal(evidence.exit, { code: 1, signal: null })
  assert.ok(evidence.problems > 1, String(evidence.problems))
  assert.match(evidence.firstProblem ?? '', 'integrity error')
  assert.ok((endOf(reports).logBytes ?? 0) > 0)
  for (const [path, bytes] of saved) writeFileSync(path, bytes)
})

it('what cannot be listed beforehand does not begin', async () => {
  const config = join(place.repository.location, 'config')
  const kept = readFileSync(config)
  rmSync(config)
  const evidence = evidenceIn(await place.did({ kind: 'delete', archive: second }), 'delete')
  writeFileSync(config, kept)
  assert.is(evidence.exit, null)
  assert.match(evidence.lastError?.msgid ?? '', /^Repository\./)
  assert.ok((await names()).includes(second))
})

test.run()
