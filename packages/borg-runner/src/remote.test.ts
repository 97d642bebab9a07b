/** A repository and a destination on the other side of a real sshd. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { archive, canBeRemote, type Remote, remote } from './fixtures/remote.js'
import { evidenceIn, logLines } from './fixtures/scene.js'

const it = canBeRemote() ? test : test.skip
let place: Remote
test.before(async () => {
  if (canBeRemote()) place = await remote()
})
test.after(async () => {
  if (canBeRemote()) await place.close()
})

const good = { code: 0, signal: null }
const filesOf = (folder: string): ReadonlyArray<readonly [string, string]> =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => [path.slice(folder.length), readFileSync(path, 'latin1')])

it('a repository is made there, told by its id, backed up into and listed', async () => {
  assert.ok(existsSync(join(place.there, 'config')), 'the repository stands on the other side')
  const identity = await place.runner.identify(place.repository)()
  const evidence = evidenceIn(await place.did(place.create('home-20261123T181600Z'), 'run-backup'), 'create')
  assert.equal([evidence.exit, evidence.archive?.files, evidence.warnings, evidence.lock], [good, 30, [], null])
  assert.equal(identity, E.right({ borgId: evidence.borgId }))
  const listed = await place.runner.archives(place.repository)()
  assert.ok(E.isRight(listed) && listed.right.length === 2)
})

it('it is checked, and what is restored from it is what was backed up', async () => {
  const check = { kind: 'check', mode: 'full', verifyData: true, maxDurationMs: null, last: null } as const
  const checked = evidenceIn(await place.did(check, 'run-check'), 'check')
  assert.equal([checked.exit, checked.problems, checked.warnings], [good, 0, []])
  const destination = join(place.folder, 'restored')
  const extract = { kind: 'extract', archive, paths: [], destination: { path: destination }, stripComponents: 0 } as const
  assert.equal(evidenceIn(await place.did(extract, 'run-restore'), 'extract').exit, good)
  assert.equal(filesOf(join(destination, place.source)), filesOf(place.source))
})

it('a restore to another machine puts the same bytes there', async () => {
  const { target, port } = place.sshd
  const path = join(place.folder, "the other's files")
  const work = { kind: 'extract', archive, paths: [], destination: { ssh: target, port, path }, stripComponents: 0 } as const
  const evidence = evidenceIn(await place.did(work, 'run-sink'), 'extract')
  assert.equal([evidence.exit, evidence.lastError, evidence.unmatched], [good, null, []])
  assert.equal(filesOf(join(path, place.source)), filesOf(place.source))
})

for (const [host, words] of [
  ['nobody', /No .*host key is known for .* and you have requested strict checking/],
  ['another', /Host key verification failed|HOST IDENTIFICATION HAS CHANGED/],
] as const)
  it(`a host key that is ${host === 'nobody' ? 'unknown' : 'another one'} is never taken, and ssh's reason is told`, async () => {
    place.sshd.expect(host)
    try {
      const { exit, lastError, lock } = evidenceIn(await place.did(place.create('never'), `run-${host}`), 'create')
      assert.ok(exit?.code === 2 || exit?.code === 81, JSON.stringify(exit))
      assert.is(lastError?.msgid, 'ConnectionClosedWithHint')
      assert.match(lastError?.message ?? '', words)
      assert.is(lock, null)
      assert.match(logLines(place).join('\n'), words)
      const identity = await place.runner.identify(place.repository)()
      assert.ok(E.isLeft(identity) && identity.left.tag === 'BorgFailed' && identity.left.code === 'connection-failed')
    } finally {
      place.sshd.expect('itself')
    }
  })

it('a destination whose host key is another one gets nothing', async () => {
  place.sshd.expect('another')
  const path = join(place.folder, 'never')
  const destination = { ssh: place.sshd.target, port: place.sshd.port, path }
  const local = { ...place.asked({ kind: 'extract', archive, paths: [], destination, stripComponents: 0 }, 'run-far') }
  const evidence = evidenceIn(await place.did(local.work, 'run-far'), 'extract')
  place.sshd.expect('itself')
  assert.ok((evidence.exit?.code ?? 0) >= 2)
  assert.not(existsSync(path))
})

test.run()
