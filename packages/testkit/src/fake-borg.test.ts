/** The scripted borg keeps borg's manners: one writer at a time, archives that are found again, an existing repository left alone. */
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type FakeBehaviour, fakeBorg } from './fake-borg.js'

const folder = mkdtempSync(join(tmpdir(), 'fake-borg-'))
const repository = join(folder, 'repository')
test.after(() => rmSync(folder, { recursive: true }))

const run = async (behaviour: FakeBehaviour, ...argv: ReadonlyArray<string>) => {
  const borg = await fakeBorg(folder, behaviour)
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    execFile(borg, [...argv], (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), stdout, stderr }))
  })
}
const create = (behaviour: FakeBehaviour, archive: string) =>
  run(behaviour, '--log-json', 'create', '--json', '--comment', `job=${archive}`, `${repository}::${archive}`, '--', '/home')

test('a repository is made once', async () => {
  assert.is((await run({ kind: 'succeed' }, 'init', '-e', 'none', repository)).code, 0)
  assert.match((await run({ kind: 'succeed' }, 'init', '-e', 'none', repository)).stderr, 'Repository.AlreadyExists')
  assert.match((await run({ kind: 'succeed' }, 'list', '--json', join(folder, 'other'))).stderr, 'Repository.DoesNotExist')
})

test('an archive is listed with its comment, by exactly its name', async () => {
  await create({ kind: 'succeed' }, 'one')
  await create({ kind: 'warn' }, 'one-more')
  await create({ kind: 'fail' }, 'none')
  const listed = JSON.parse((await run({ kind: 'succeed' }, 'list', '--json', '--glob-archives', 'one', repository)).stdout)
  assert.equal(
    listed.archives.map(({ name, comment }: { name: string; comment: string }) => [name, comment]),
    [['one', 'job=one']],
  )
})

test('two writers at once: the second one does not get the lock; a dead one’s lock is taken over', async () => {
  const borg = await fakeBorg(folder, { kind: 'hang' })
  const first = execFile(borg, ['create', `${repository}::first`, '--', '/home'])
  const lock = join(repository, 'lock.exclusive', 'pid')
  for (let tries = 0; tries < 2_000 && !existsSync(lock); tries += 1) await new Promise((resolve) => setTimeout(resolve, 5))
  const second = await create({ kind: 'succeed' }, 'second')
  assert.match(second.stderr, 'LockTimeout')
  assert.is(second.code, 2)
  first.kill('SIGKILL')
  await once(first, 'exit')
  assert.is((await create({ kind: 'succeed' }, 'third')).code, 0)
})

test.run()
