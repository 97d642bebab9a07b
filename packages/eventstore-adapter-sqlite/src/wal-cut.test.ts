/** A write-ahead log that ends anywhere, as after a power cut: whole commits up to the cut, and nothing half (reliability: F13). */
import { copyFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { verifyChain } from '@borgledger/eventstore'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { append, commitsOf, inDirectory, openStore } from './fixtures/logs.js'

const commits = 6
const frameBytes = 24 + 4_096
const headerBytes = 32

/** Every place between two frames, one byte to both sides of it, and the middles. */
const cuts = (length: number): ReadonlyArray<number> => {
  const all: number[] = [0, 1, headerBytes - 1]
  for (let frame = headerBytes; frame <= length; frame += frameBytes) all.push(frame - 1, frame, frame + 1, frame + 24, frame + 2_000)
  return all.filter((cut) => cut >= 0 && cut <= length)
}

test('cut at any offset the log has the commits before the cut, whole, and goes on', () =>
  inDirectory(async (directory) => {
    const file = join(directory, 'log.db')
    const store = await openStore({ file })
    // The size of the write-ahead log behind each acknowledged commit.
    const ends: number[] = []
    for (let n = 1; n <= commits; n++) {
      await append(store, n)
      ends.push(readFileSync(`${file}-wal`).length)
    }
    const wal = readFileSync(`${file}-wal`)
    const found = new Set<number>()
    for (const cut of cuts(wal.length)) {
      const copy = join(directory, `cut-${cut}.db`)
      copyFileSync(file, copy)
      writeFileSync(`${copy}-wal`, wal)
      truncateSync(`${copy}-wal`, cut)
      const opened = await openStore({ file: copy })
      const whole = ends.filter((end) => end <= cut).length
      const kept = await commitsOf(opened)
      assert.is(kept.length, whole, `after a cut at ${cut}`)
      assert.ok(kept.every(({ events }) => events.length === 3))
      await append(opened, whole + 1)
      assert.ok((await verifyChain(opened.commits())).ok)
      await opened.close()
      found.add(whole)
    }
    assert.is(found.size, commits + 1)
    await store.close()
  }))

test.run()
