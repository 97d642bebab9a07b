import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createBorgledger, layoutOf, lookAtLog } from 'borgledger'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Finding } from './finding.js'
import { clockFinding, logFinding } from './ledger.js'
import { placeFindings } from './place.js'
import { type Asked, borgFinding, nodeFinding, sshFinding, toolFindings } from './programs.js'
import { secretKeyFinding } from './secret-key.js'

let folder: string
test.before.each(async () => {
  folder = await mkdtemp(join(tmpdir(), 'borgledger-doctor-'))
})
test.after.each(() => rm(folder, { recursive: true }))

const nothingThere: Asked = async () => null
const saying =
  (text: string): Asked =>
  async () =>
    text
const verdicts = (found: ReadonlyArray<Finding>): ReadonlyArray<string> => found.map(({ verdict }) => verdict)

test('a Node that is too old is bad, from the first minor on', () => {
  for (const [version, verdict] of [
    ['v18.20.0', 'bad'],
    ['v20.18.9', 'bad'],
    ['v20.19.0', 'ok'],
    ['v24.0.0', 'ok'],
  ] as const)
    assert.is(nodeFinding(version).verdict, verdict, version)
})

test('a borg that is not there is bad, one that nobody tried is worth a word', async () => {
  for (const [said, verdict] of [
    ['borg 1.2.4', 'ok'],
    ['borg 1.4.0', 'ok'],
    ['borg 2.0.0b9', 'note'],
    ['nonsense', 'bad'],
  ] as const)
    assert.is((await borgFinding(saying(said))).verdict, verdict, said)
  assert.match((await borgFinding(nothingThere)).what, 'install borgbackup')
})

test('without the tools around borg nothing runs, without ssh all that is local does', async () => {
  assert.equal(verdicts(await toolFindings(nothingThere)), ['bad', 'bad', 'bad'])
  assert.equal(verdicts(await toolFindings(saying('flock from util-linux 2.38.1'))), ['ok', 'ok', 'ok'])
  assert.is((await sshFinding(nothingThere)).verdict, 'note')
})

test('a data directory that is open to others is worth a word, and one that is none is bad', async () => {
  await chmod(folder, 0o700)
  assert.is((await placeFindings(folder))[0]?.verdict, 'ok')
  assert.match((await placeFindings(join(folder, 'a', 'b')))[0]?.what ?? '', 'is made at the first start')
  await chmod(folder, 0o755)
  assert.is((await placeFindings(folder))[0]?.verdict, 'note')
  await writeFile(join(folder, 'file'), '')
  assert.is((await placeFindings(join(folder, 'file')))[0]?.verdict, 'bad')
})

test('a key is there, long enough, and for its user alone', async () => {
  const file = join(folder, 'key')
  assert.is((await secretKeyFinding(null)).verdict, 'note')
  assert.is((await secretKeyFinding(file)).verdict, 'bad')
  await writeFile(file, 'x'.repeat(15), { mode: 0o600 })
  assert.is((await secretKeyFinding(file)).verdict, 'bad')
  await writeFile(file, 'x'.repeat(16))
  assert.is((await secretKeyFinding(file)).verdict, 'ok')
  await chmod(file, 0o644)
  assert.is((await secretKeyFinding(file)).verdict, 'note')
})

test('a log is looked at, a damaged one is bad, and one that is not there is well', async () => {
  assert.equal(await lookAtLog(folder), { tag: 'None' })
  const ledger = await createBorgledger({ dataDir: folder })
  const position = ledger.position()
  await ledger.close()
  const look = await lookAtLog(folder)
  assert.is(look.tag === 'Fine' && look.position > position - 1, true)
  assert.is(logFinding(look).verdict, 'ok')
  await writeFile(layoutOf(folder).log, 'no log, but some text that is long enough to be taken for one')
  assert.is(logFinding(await lookAtLog(folder)).verdict, 'bad')
})

test('a clock that is behind the log is bad, and so is one that nobody set', () => {
  const at = '2026-11-24T00:00:00.000Z'
  const look = { tag: 'Fine', position: 1, at } as const
  assert.is(clockFinding(Date.parse(at) - 60_000, look).verdict, 'ok')
  assert.is(clockFinding(Date.parse(at) - 60_001, look).verdict, 'bad')
  assert.is(clockFinding(0, { tag: 'None' }).verdict, 'bad')
})

test.run()
