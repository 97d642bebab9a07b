/** Opening: what is refused, and by which name (reliability: a directory that is missing, read-only or on a network file system). */
import { copyFileSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { canMakeReadOnly, makeReadOnly, removeDirectory } from './conformance/disk.js'
import { loadSqlite, openDatabase } from './driver/index.js'
import { OpenRefused } from './errors.js'
import { append, commitOf, commitsOf, inDirectory, openError, openStore } from './fixtures/logs.js'
import { inspectPlace, networkFileSystem } from './place.js'
import { schemaVersion } from './schema.js'

test('a missing directory is named and not made', () =>
  inDirectory(async (directory) => {
    const missing = join(directory, 'not', 'there')
    assert.equal(await openError({ file: join(missing, 'log.db') }), { tag: 'MissingDirectory', directory: missing })
  }))

test('a directory in the place of the file is refused', () =>
  inDirectory(async (directory) => {
    mkdirSync(join(directory, 'log.db'))
    assert.is((await openError({ file: join(directory, 'log.db') }))?.tag, 'NotALog')
  }))

test('network file systems are refused by name, others are not', () =>
  inDirectory(async (directory) => {
    assert.equal([0x6969, 0xff534d42, 0xfe534d42 | 0].map(networkFileSystem), ['nfs', 'cifs', 'smb2'])
    assert.equal([0xef53, 0x01021994, 0x9123683e].map(networkFileSystem), [null, null, null])
    if (process.platform !== 'linux') return
    assert.throws(
      () => inspectPlace(join(directory, 'log.db'), () => 0x6969),
      (error: unknown) => error instanceof OpenRefused && error.error.tag === 'NetworkFileSystem' && error.error.fileSystem === 'nfs',
    )
  }))

test('the database of somebody else is refused and left as it is', () =>
  inDirectory(async (directory) => {
    const file = join(directory, 'log.db')
    const other = new (loadSqlite().DatabaseSync)(file)
    other.exec('CREATE TABLE theirs (a)')
    other.close()
    const before = readFileSync(file)
    assert.is((await openError({ file }))?.tag, 'NotALog')
    assert.ok(readFileSync(file).equals(before))
  }))

test('a log of a newer version is refused with both versions', () =>
  inDirectory(async (directory) => {
    const file = join(directory, 'log.db')
    await (await openStore({ file })).close()
    const connection = openDatabase(loadSqlite(), { file, mode: 'write' })
    connection.exec(`PRAGMA user_version = ${schemaVersion + 1}`)
    connection.close()
    assert.equal(await openError({ file }), { tag: 'NewerSchema', found: schemaVersion + 1, known: schemaVersion })
  }))

test('a file that is no database, or whose header is spoilt, is refused as corrupt', () =>
  inDirectory(async (directory) => {
    const [text, spoilt] = [join(directory, 'text.db'), join(directory, 'log.db')]
    writeFileSync(text, 'not a database at all, but long enough to look like one'.repeat(40))
    await (await openStore({ file: spoilt })).close()
    const bytes = readFileSync(spoilt)
    writeFileSync(spoilt, bytes.fill(0xff, 0, 16))
    for (const file of [text, spoilt]) assert.is((await openError({ file }))?.tag, 'Corrupt')
  }))

test('a log whose newest commits were tampered with is refused for writing, and still opens for reading', () =>
  inDirectory(async (directory) => {
    const file = join(directory, 'log.db')
    const store = await openStore({ file })
    await append(store, 1)
    await append(store, 2)
    await store.close()
    const connection = openDatabase(loadSqlite(), { file, mode: 'write' })
    connection.exec(`UPDATE events SET data = '{"n":7}' WHERE position = 5`)
    connection.close()
    const refusal = await openError({ file })
    assert.equal(refusal?.tag === 'Corrupt' && refusal.position, 4)
    const reading = await openStore({ file, readOnly: true })
    assert.is((await commitsOf(reading)).length, 2)
    await reading.close()
  }))

const whenReadOnly = canMakeReadOnly ? test : test.skip
whenReadOnly('in a directory that cannot be written no log is begun', async () => {
  await inDirectory(async (directory) => {
    const inner = join(directory, 'inner')
    mkdirSync(inner)
    const file = join(inner, 'log.db')
    writeFileSync(join(inner, 'other'), '')
    const mounts = makeReadOnly(inner, join(inner, 'other'))
    assert.is((await openError({ file }))?.tag, 'ReadOnly')
    removeDirectory(inner, mounts)
  })
})

whenReadOnly('on a read-only medium a closed log is read without its index files; one that was not closed is refused by name', async () => {
  await inDirectory(async (directory) => {
    const inner = join(directory, 'inner')
    mkdirSync(inner)
    const [closed, unclosed] = [join(inner, 'closed.db'), join(inner, 'unclosed.db')]
    const store = await openStore({ file: closed })
    await append(store, 1)
    copyFileSync(closed, unclosed)
    copyFileSync(`${closed}-wal`, `${unclosed}-wal`)
    await store.close()
    for (const end of ['-wal', '-shm']) rmSync(`${closed}${end}`, { force: true })
    const mounts = makeReadOnly(inner, closed)
    const reading = await openStore({ file: closed })
    assert.is((await commitsOf(reading)).length, 1)
    const appended = await reading.append(commitOf(2))()
    assert.ok(E.isLeft(appended) && appended.left.tag === 'ReadOnly')
    await reading.close()
    assert.match(JSON.stringify(await openError({ file: unclosed })), /"ReadOnly".*not closed cleanly/)
    removeDirectory(inner, mounts)
  })
})

test('a log cut to any length opens with whole commits, or is refused by name', () =>
  inDirectory(async (directory) => {
    const file = join(directory, 'log.db')
    const store = await openStore({ file })
    for (let n = 1; n <= 60; n++) await append(store, n)
    await store.close()
    const bytes = readFileSync(file)
    for (let length = bytes.length - 1; length > 0; length -= 2_999) {
      const cut = join(directory, `cut-${length}.db`)
      writeFileSync(cut, bytes)
      truncateSync(cut, length)
      const refusal = await openError({ file: cut })
      assert.ok(refusal !== null && ['Corrupt', 'NotALog'].includes(refusal.tag), `${length} of ${bytes.length} bytes: ${refusal?.tag}`)
    }
  }))

test.run()
