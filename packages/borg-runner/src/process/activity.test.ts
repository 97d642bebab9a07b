/** A run that does nothing is told of once, and once more when it does something again. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { descendantsOf, until } from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { runDir } from '../run-dir.js'
import { activityOf } from './activity.js'
import { parseStat } from './identity.js'

/** A shell and its child, which waits for a line, works, and says that it did. */
const worker = 'cat | while read -r line; do head -c 1000000 /dev/zero | cksum > /dev/null; echo done; done'

const begin = () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'borg-activity-'))
  const run = runDir(dataDir, 'run')
  mkdirSync(run.path, { recursive: true })
  const child = spawn('/bin/sh', ['-c', worker], { detached: true, stdio: ['pipe', 'pipe', 'ignore'] })
  const stat = (pid = child.pid) => readFileSync(`/proc/${pid}/stat`, 'utf8')
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  writeFileSync(run.pid, `${child.pid}\n${boot}\n${readlinkSync('/proc/self/ns/pid')}\n${stat()}`)
  writeFileSync(run.stdout, '')
  assert.ok(parseStat(stat()))
  const end = async (): Promise<void> => {
    const gone = once(child, 'exit')
    process.kill(-(child.pid ?? 0), 'SIGKILL')
    await gone
    rmSync(dataDir, { recursive: true })
  }
  const areAsleep = (): boolean => [child.pid ?? 0, ...descendantsOf(child.pid ?? 0)].every((pid) => parseStat(stat(pid))?.state === 'S')
  /** Has it work once. That it said so does not mean that it waits again: what it does until then moves it too. */
  const work = async (): Promise<void> => {
    child.stdin.write('go\n')
    await once(child.stdout, 'data')
    await until(areAsleep, 'all of it waits')
  }
  return { run, work, end }
}

/** Looks every second of a clock of its own. */
const clockwork = (run: Parameters<typeof activityOf>[0]) => {
  let nowMs = 1_000_000
  const activity = activityOf(run, 10_000, () => nowMs)
  return {
    sleep: (ms: number) => {
      nowMs += ms
    },
    look: () => {
      nowMs += 1_000
      return activity.news()
    },
  }
}

test('a run whose processes wait stands still since they last moved, and is told of once', async () => {
  const { run, work, end } = begin()
  await work()
  const { look } = clockwork(run)
  const news = Array.from({ length: 40 }, look).filter((each) => each !== null)
  assert.is(news.length, 1)
  assert.type(news[0], 'number')
  await end()
})

test('CPU time or I/O of any process of the group moves it again', async () => {
  const { run, work, end } = begin()
  await work()
  const { look } = clockwork(run)
  Array.from({ length: 40 }, look)
  await work()
  assert.equal([look(), look()], ['moving', null])
  await end()
})

test('a run that stood still together with its host is not told of before it had a chance to go on', async () => {
  const { run, work, end } = begin()
  await work()
  const { look, sleep } = clockwork(run)
  assert.equal([look(), look()], [null, null])
  sleep(600_000)
  assert.is(look(), null)
  await work()
  assert.equal([look(), look()], [null, null])
  await end()
})

test('so does output', async () => {
  const { run, work, end } = begin()
  await work()
  const { look } = clockwork(run)
  Array.from({ length: 40 }, look)
  appendFileSync(run.stdout, 'a line\n')
  assert.is(look(), 'moving')
  await end()
})

test.run()
