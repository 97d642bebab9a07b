/** What is asked of borg that is no job: it runs under a claim, and archives are answered from what was recorded. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { until } from '@borgledger/testkit'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Borgledger } from './borgledger.js'
import { anna, codeOf, hasBorg, isLocked, makeHeavy, type Place, place, startBackup, value, withRepository } from './fixtures/place.js'
import { borg } from './fixtures/real-borg.js'

const test = suite<{ where: Place }>('calls')
test.before.each((context) => {
  context.where = place()
})
test.after.each(({ where }) => where.clean())
const withBorg = hasBorg() ? test : test.skip

/** As borg lists them itself, oldest first. */
const listedByBorg = (where: Place) =>
  (
    JSON.parse(borg(where, 'list', '--json', '--format', '{comment}', where.repository)).archives as ReadonlyArray<Record<string, string>>
  ).map(({ name, id, comment, start }) => ({ name, id, comment, startedAt: new Date(`${start}Z`).toISOString() }))

const recorded = async (ledger: Borgledger) =>
  value(await ledger.archives('laptop')).items.map(({ name, id, comment, startedAt }) => ({ name, id, comment, startedAt }))

const typesOf = async (ledger: Borgledger) => (await ledger.events({ limit: 1_000 })).map(({ type }) => type)

withBorg(
  'what is recorded of archives is what borg would list, after backups, a prune and a delete, and borg is not asked',
  async ({ where }) => {
    const ledger = await withRepository(where)
    assert.equal(await recorded(ledger), [])
    for (const _ of [1, 2, 3]) assert.is((await (await startBackup(ledger, where)).finished()).state, 'completed')
    const three = await recorded(ledger)
    assert.is(three.length, 3)
    assert.equal(three, listedByBorg(where))
    const [oldest] = value(await ledger.archives('laptop')).items
    assert.equal([oldest?.series, oldest?.jobId], ['laptop', value(await ledger.jobs()).items.at(-1)?.id])
    const ask = async (body: Parameters<Borgledger['start']>[0]) => value(await ledger.start(body, anna)).finished()
    assert.is((await ask({ type: 'archive-delete', repositoryId: 'laptop', archive: oldest?.name ?? '' })).state, 'completed')
    assert.equal([await recorded(ledger), (await recorded(ledger)).length], [listedByBorg(where), 2])
    assert.is((await ask({ type: 'prune', repositoryId: 'laptop', series: 'laptop', keep: { last: 1 } })).state, 'completed')
    assert.equal([await recorded(ledger), (await recorded(ledger)).length], [listedByBorg(where), 1])
    assert.equal((await typesOf(ledger)).filter((type) => type === 'CallBegan').length, 1, 'only the one of the registration')
    await ledger.close()
  },
)

withBorg(
  'a repository that is there already is registered with its archives; what others do to them a refresh shows',
  async ({ where }) => {
    borg(where, 'init', '--encryption', 'none', where.repository)
    borg(where, 'create', `${where.repository}::theirs`, where.sources)
    const ledger = await withRepository(where)
    assert.equal(await recorded(ledger), listedByBorg(where))
    borg(where, 'rename', `${where.repository}::theirs`, 'renamed')
    assert.is((await recorded(ledger))[0]?.name, 'theirs')
    const listed = value(await ledger.refreshArchives('laptop', anna))
    assert.equal([listed.items.map(({ name }) => name), await recorded(ledger)], [['renamed'], listedByBorg(where)])
    const again = value(await ledger.refreshArchives('laptop', anna))
    assert.ok((again.listedAt ?? '') > (listed.listedAt ?? ''))
    const last = (await ledger.events({ limit: 1_000 })).filter(({ type }) => type === 'ArchivesListed').at(-1)
    assert.equal(last?.data, { repositoryId: 'laptop', added: [], removed: [] }, 'only what is different is kept')
    await ledger.close()
  },
)

withBorg(
  'while a backup runs, archives are told from the record; listing them anew and breaking its lock are refused and name it',
  async ({ where }) => {
    const ledger = await withRepository(where)
    makeHeavy(where, 12)
    const job = await startBackup(ledger, where, { compression: 'lzma,9' })
    await until(() => isLocked(where), 'borg is at work')
    const refresh = await ledger.refreshArchives('laptop', anna)
    const broken = await ledger.breakLock('laptop', { reason: 'impatience' }, anna)
    for (const refused of [refresh, broken])
      assert.equal(refused.ok ? null : [refused.error.code, refused.error.jobs], ['repository-busy', [job.id]])
    assert.ok(isLocked(where), 'borg is at work')
    assert.equal(value(await ledger.archives('laptop')).items, [])
    const end = await job.finished()
    assert.equal([end.state, end.outcome], ['completed', 'success'])
    assert.equal(await recorded(ledger), listedByBorg(where))
    await ledger.close()
  },
)

withBorg('a lock that another host left is broken by an admin, with the reason and who held it', async ({ where }) => {
  const ledger = await withRepository(where)
  assert.is(value(await ledger.breakLock('laptop', { reason: 'to be sure' }, anna)).outcome, 'not-needed')
  mkdirSync(`${where.repository}/lock.exclusive`)
  writeFileSync(`${where.repository}/lock.exclusive/other@host.4711-0`, '')
  const broken = value(await ledger.breakLock('laptop', { reason: 'that machine is gone' }, anna))
  assert.equal(broken, { outcome: 'broken', holders: ['other@host.4711'], error: null })
  assert.not(isLocked(where))
  const [begun] = (await ledger.events({ limit: 1_000 })).filter(({ type }) => type === 'CallBegan').slice(-1)
  const { call } = (begun?.data ?? {}) as { readonly call?: object }
  assert.equal(call, { kind: 'break-lock', reason: 'that machine is gone', holders: ['other@host.4711'] })
  assert.is(begun?.actor, 'user:anna')
  assert.is(codeOf(await ledger.breakLock('laptop', { reason: '' }, anna)), 'invalid-body')
  await ledger.close()
})

/** A borg that lists only once `go` exists; everything else is the scripted one. */
const slowList = async (where: Place): Promise<string> => {
  const scripted = await where.fake({ kind: 'succeed' })
  const path = `${where.folder}/slow-borg`
  const wait = `: > '${where.folder}/listing'; while [ ! -e '${where.folder}/go' ]; do sleep 0.02; done`
  writeFileSync(path, `#!/bin/sh\ncase " $* " in *' list '*) ${wait};; esac\nexec '${scripted}' "$@"\n`, { mode: 0o755 })
  return path
}

const withSlowList = async (where: Place): Promise<Borgledger> => withRepository(where, { borg: { executable: await slowList(where) } })

test('a backup waits for a list under way, and starts in the commit of its end', async ({ where }) => {
  const ledger = await withSlowList(where)
  const listing = ledger.refreshArchives('laptop', anna)
  await until(() => existsSync(`${where.folder}/listing`), 'the list is made')
  const job = await startBackup(ledger, where)
  const { state, waitingFor } = value(await job.record())
  assert.equal([state, waitingFor?.reason, waitingFor?.jobs], ['pending', 'repository-busy', []])
  writeFileSync(`${where.folder}/go`, '')
  value(await listing)
  assert.is((await job.finished()).state, 'completed')
  const events = await ledger.events({ limit: 1_000 })
  const commitOf = (type: string) => events.filter((event) => event.type === type).at(-1)?.commitId
  assert.is(commitOf('JobStarted'), commitOf('CallEnded'))
  await ledger.close()
})

test('closing the ledger ends a call under way; the next owner finds no claim of it', async ({ where }) => {
  const ledger = await withSlowList(where)
  const listing = ledger.refreshArchives('laptop', anna)
  await until(() => existsSync(`${where.folder}/listing`), 'the list is made')
  await ledger.close()
  assert.is(codeOf(await listing), 'read-only')
  const next = await where.open()
  assert.is((await (await startBackup(next, where)).finished()).state, 'completed')
  await next.close()
})

test('a host that is killed in the middle of a call leaves no claim behind', async ({ where }) => {
  await (await withSlowList(where)).close()
  const flags = ['--conditions=@borgledger/source', '--import', 'tsx/esm']
  const program = fileURLToPath(new URL('./fixtures/calling-host.ts', import.meta.url))
  const host = spawn(process.execPath, [...flags, program, where.dataDir], { stdio: ['ignore', 'ignore', 'inherit'] })
  await until(() => existsSync(`${where.folder}/listing`), 'the list is made')
  host.kill('SIGKILL')
  await once(host, 'exit')
  const ledger = await where.open()
  const types = await typesOf(ledger)
  assert.ok(types.lastIndexOf('CallBegan') > types.lastIndexOf('CallEnded'), 'it has no end of its own')
  assert.is((await (await startBackup(ledger, where)).finished()).state, 'completed')
  await ledger.close()
})

test.run()
