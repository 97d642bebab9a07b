import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { httpTarget, isAlive, until } from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { secretsIn, sendTo, theMessage } from './fixtures/sending.js'

const folder = mkdtempSync(join(tmpdir(), 'apprise-'))
test.after(() => rmSync(folder, { recursive: true }))

const channel = { kind: 'apprise', config: { urls: { env: 'URLS' } } } as const
const resolveSecret = secretsIn({ URLS: 'json://anna:hunter2@127.0.0.1/\nmailto://hunter2' })

/** A program in place of Apprise. */
const program = (name: string, ...lines: ReadonlyArray<string>): string => {
  const file = join(folder, name)
  writeFileSync(file, ['#!/bin/sh', ...lines, ''].join('\n'))
  chmodSync(file, 0o755)
  return file
}
const leftBehind = (): ReadonlyArray<string> => readdirSync(tmpdir()).filter((name) => name.startsWith('borgledger-apprise-'))

test('the program gets title and text, and the addresses by a file without a name', async () => {
  const seen = join(folder, 'seen')
  const apprise = program(
    'apprise',
    `printf '%s\\n' "$@" > ${seen}.args`,
    `env > ${seen}.env`,
    `cat > ${seen}.stdin`,
    `cat /dev/fd/3 > ${seen}.config`,
    `readlink /proc/self/fd/3 > ${seen}.link || true`,
  )
  assert.is(await sendTo(channel, { resolveSecret, apprise }), null)
  const read = (what: string): string => readFileSync(`${seen}.${what}`, 'utf8')
  assert.is(read('args'), `--title=${theMessage().title}\n--config=/dev/fd/3\n`)
  assert.is(read('stdin'), theMessage().text)
  assert.is(read('config'), 'json://anna:hunter2@127.0.0.1/\nmailto://hunter2\n')
  assert.not.match(read('env'), /hunter2/)
  if (existsSync('/proc/self/fd')) assert.match(read('link'), / \(deleted\)$/m)
  assert.equal(leftBehind(), [])
})

test('a program that fails is told of by its exit code, and not by its words', async () => {
  const apprise = program('fails', 'echo hunter2 >&2', 'exit 3')
  assert.equal(await sendTo(channel, { resolveSecret, apprise }), { message: 'apprise ended with exit code 3', permanent: false })
})

test('a program that is not there is named', async () => {
  const problem = await sendTo(channel, { resolveSecret, apprise: join(folder, 'nowhere') })
  assert.equal(problem, { message: `${join(folder, 'nowhere')} cannot be run: ENOENT`, permanent: false })
})

test('a program that does not end is ended, with all that it started', async () => {
  const child = join(folder, 'child')
  const apprise = program('hangs', `sleep 600 & echo $! > ${child}`, 'wait')
  const started = (): number => (existsSync(child) ? Number(readFileSync(child, 'utf8')) : 0)
  // Given longer each time, until it has come so far as to start something.
  for (let timeoutMs = 100; started() === 0; timeoutMs *= 2) {
    const problem = await sendTo(channel, { resolveSecret, apprise, timeoutMs })
    assert.equal(problem, { message: `no answer within ${3 * timeoutMs} ms`, permanent: false })
  }
  await until(() => !isAlive(started()), 'what it started is gone')
})

const hasApprise = (): boolean => {
  try {
    execFileSync('apprise', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
const withApprise = hasApprise() ? test : test.skip

withApprise('the real program sends what it is given to the addresses that it is given', async () => {
  const target = await httpTarget((response) => response.writeHead(200).end())
  try {
    const urls = target.url.replace('http://', 'json://anna:hunter2@')
    assert.is(await sendTo(channel, { resolveSecret: secretsIn({ URLS: urls }) }), null)
    const { title, message } = JSON.parse(target.got[0]?.body ?? '{}')
    assert.equal([title, message.trim()], [theMessage().title, theMessage().text])
  } finally {
    await target.close()
  }
})

withApprise('the real program fails when nobody is there', async () => {
  const problem = await sendTo(channel, { resolveSecret: secretsIn({ URLS: 'json://127.0.0.1:9/' }) })
  assert.match(problem?.message ?? '', /^apprise ended with exit code \d+$/)
})

test.run()
