import { existsSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { until } from '@borgledger/testkit'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type KeptReserve, keepReserve } from './index.js'

const kib = 1024
const bytes = 600 * kib

interface Context {
  directory: string
  path: string
  /** What the disk says is free. */
  free: number
  opened: KeptReserve[]
  reserve: () => KeptReserve
}

const test = suite<Context>('reserve')
test.before.each((context) => {
  const directory = mkdtempSync(join(tmpdir(), 'reserve-test-'))
  const path = join(directory, 'log.db-reserve')
  Object.assign(context, { directory, path, free: Number.MAX_SAFE_INTEGER, opened: [] })
  context.reserve = () => {
    const reserve = keepReserve({ path, bytes, lookEveryMs: 5, bytesFree: () => context.free })
    context.opened.push(reserve)
    return reserve
  }
})
test.after.each(async ({ directory, opened }) => {
  for (const reserve of opened) await reserve.close()
  rmSync(directory, { recursive: true })
})

const whole = { tag: 'Whole', bytes } as const

const isWhole = (reserve: KeptReserve): Promise<void> => until(() => reserve.state().tag === 'Whole', 'it is whole')

test('it is made of blocks that the disk really keeps, for its user alone', async ({ reserve, path }) => {
  const kept = reserve()
  await kept.make()
  assert.equal(kept.state(), whole)
  const { size, blocks, mode } = statSync(path)
  assert.is(size, bytes)
  assert.ok(blocks * 512 >= bytes, `${blocks} blocks`)
  assert.is(mode & 0o777, 0o600)
  assert.is(kept.refusal(), null)
})

test('it is given back slice by slice, and the rest stays', async (context) => {
  const kept = context.reserve()
  await kept.make()
  context.free = 0
  assert.ok(kept.giveBack())
  assert.equal(kept.state(), { tag: 'InUse', bytes, left: 344 * kib })
  assert.ok(kept.giveBack() && kept.giveBack())
  assert.equal(kept.state(), { tag: 'InUse', bytes, left: 0 })
  assert.not(kept.giveBack())
})

test('while it is in use others are refused, and it is made again once there is room for what is missing and for all of it again', async (context) => {
  const kept = context.reserve()
  await kept.make()
  context.free = 0
  kept.giveBack()
  const detail = 'its reserve is in use (0.3 MiB of 0.6 MiB are left) until 0.8 MiB are free'
  assert.equal(kept.refusal(), { tag: 'Full', detail })
  context.free = 2 * bytes - 344 * kib - 1
  await kept.make()
  assert.equal(kept.refusal(), { tag: 'Full', detail })
  context.free += 1
  assert.is(kept.refusal(), null)
  await isWhole(kept)
  assert.is(statSync(context.path).size, bytes)
})

test('nobody needs to ask: it looks for room by itself', async (context) => {
  const kept = context.reserve()
  await kept.make()
  context.free = 0
  kept.giveBack()
  context.free = 2 * bytes
  await isWhole(kept)
})

test('where there was never room it is missing, which is said and keeps nobody from writing', async (context) => {
  context.free = 2 * bytes - 1
  const kept = context.reserve()
  await kept.make()
  assert.equal(kept.state(), { tag: 'Missing', bytes, reason: 'there is no room for it' })
  assert.not(existsSync(context.path))
  assert.is(kept.refusal(), null)
  assert.not(kept.giveBack())
  context.free += 1
  await isWhole(kept)
})

test('why it cannot be made is said', async ({ directory }) => {
  const kept = keepReserve({ path: join(directory, 'not-there', 'reserve'), bytes, bytesFree: () => 2 * bytes })
  await kept.make()
  const state = kept.state()
  assert.match(state.tag === 'Missing' ? state.reason : state.tag, /ENOENT/)
  await kept.close()
})

test('one that cannot be seen is missing too, and keeps nobody from writing', async ({ reserve, path }) => {
  symlinkSync(path, path)
  const kept = reserve()
  await kept.make()
  const state = kept.state()
  assert.match(state.tag === 'Missing' ? state.reason : state.tag, /ELOOP/)
  assert.is(kept.refusal(), null)
})

test('a process that comes later, or at the same time, knows that it is in use', async (context) => {
  const kept = context.reserve()
  await kept.make()
  context.free = 0
  kept.giveBack()
  const other = context.reserve()
  await other.make()
  assert.is(other.refusal()?.tag, 'Full')
  assert.equal(other.state(), kept.state())
})

test('one that was removed is made again', async ({ reserve, path }) => {
  const kept = reserve()
  await kept.make()
  rmSync(path)
  assert.is(kept.state().tag, 'Missing')
  assert.is(kept.refusal(), null)
  await isWhole(kept)
})

test.run()
