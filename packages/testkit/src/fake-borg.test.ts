/** The scripted borg keeps borg's manners: one writer at a time, archives that are found again, an existing repository left alone. */
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type FakeBehaviour, fakeBorg } from './fake-borg.js'
import { until } from './until.js'

const folder = mkdtempSync(join(tmpdir(), 'fake-borg-'))
const repository = join(folder, 'repository')
test.after(() => rmSync(folder, { recursive: true }))

const run = async (behaviour: FakeBehaviour, ...argv: ReadonlyArray<string>) => {
  const borg = await fakeBorg(folder, behaviour)
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    execFile(borg, [...argv], (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), stdout, stderr }))
  })
}
const inTurn = (command: string, ...argv: ReadonlyArray<string>) => run({ kind: 'succeed' }, command, ...argv)
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
  const lock = join(repository, 'lock.exclusive')
  await until(() => existsSync(lock) && readdirSync(lock).length > 0, 'the lock is held')
  const second = await create({ kind: 'succeed' }, 'second')
  assert.match(second.stderr, 'LockTimeout')
  assert.is(second.code, 2)
  first.kill('SIGKILL')
  await once(first, 'exit')
  assert.is((await create({ kind: 'succeed' }, 'third')).code, 0)
})

const names = async (): Promise<ReadonlyArray<string>> =>
  JSON.parse((await inTurn('list', '--json', repository)).stdout).archives.map(({ name }: { name: string }) => name)

test('an extract writes what the list of the contents tells, and warns of a path at which there is nothing', async () => {
  const place = mkdtempSync(join(folder, 'extract-'))
  const borg = await fakeBorg(folder, { kind: 'succeed' })
  const words = ['extract', '--strip-components', '1', `${repository}::one`, '--', 'pp:home/file1', 'pp:nowhere']
  const code = await new Promise((resolve) => execFile(borg, words, { cwd: place }, (error) => resolve(error?.code ?? 0)))
  assert.is(code, 1)
  assert.equal(readdirSync(place), ['file1'])
  const [line = '', ...more] = (await inTurn('list', '--json-lines', `${repository}::one`, '--', 'pp:home/file1')).stdout.trim().split('\n')
  assert.is(more.length, 0)
  assert.is(JSON.parse(line).path, 'home/file1')
  assert.is(readFileSync(join(place, 'file1')).length, JSON.parse(line).size)
})

test('a prune keeps the newest that match, and says beforehand what it would delete', async () => {
  for (const name of ['p-1', 'p-2', 'p-x', 'p-3']) await create({ kind: 'succeed' }, name)
  const rule = ['--list', '--glob-archives', 'p-[0-9]', '--keep-last=1', repository]
  const plan = await inTurn('prune', '--dry-run', ...rule)
  const lines = plan.stderr.match(/(Keeping|Would prune).*?p-\d/g) ?? []
  assert.equal(
    lines.map((line) => line.replace(/[ :(].* /, ' ')),
    ['Keeping p-3', 'Would p-2', 'Would p-1'],
  )
  assert.is((await names()).length, 7)
  await inTurn('prune', ...rule)
  assert.equal(await names(), ['one', 'one-more', 'third', 'p-x', 'p-3'])
})

test('a delete takes one archive; one that is not there is a mere warning', async () => {
  assert.is((await inTurn('delete', `${repository}::p-x`)).code, 0)
  const again = await inTurn('delete', `${repository}::p-x`)
  assert.is(again.code, 0)
  assert.match(again.stderr, 'not found')
  assert.not((await names()).includes('p-x'))
})

test('a behaviour is that of the command it is for', async () => {
  const behaviour = { kind: 'problems', count: 2, on: 'check' } as const
  const check = await run(behaviour, 'check', repository)
  assert.is(check.code, 1)
  assert.is(check.stderr.match(/Data integrity error/g)?.length, 2)
  assert.is((await run(behaviour, 'compact', repository)).code, 0)
})

test.run()
