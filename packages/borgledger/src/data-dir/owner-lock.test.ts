import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { canMount, fill, smallDisk } from '../fixtures/small-disk.js'
import { StartError } from '../start-error.js'
import { layoutOf, takeOwnership } from './index.js'

const onSmallDisk = canMount ? test : test.skip

onSmallDisk('on a full disk nobody becomes the owner, which is said as it is: there is no other owner', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'borgledger-owner-'))
  const unmount = smallDisk(folder, 1)
  const startedAt = '2026-11-03T02:00:00.000Z'
  try {
    const free = fill(folder)
    const why = await takeOwnership(layoutOf(folder), startedAt).catch((cause: Error) => cause)
    assert.ok(why instanceof StartError && why.code === 'data-dir', String(why))
    assert.match(why.message, 'no space')
    free()
    const lock = await takeOwnership(layoutOf(folder), startedAt)
    await lock.release()
  } finally {
    unmount()
    rmSync(folder, { recursive: true })
  }
})

test.run()
