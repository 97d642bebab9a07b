/** The suite runner sees what uvu lets pass: each of these suites would end with exit code 0, or never. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isAlive, until } from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

const root = fileURLToPath(new URL('..', import.meta.url))

interface Ran {
  readonly code: number | null
  readonly lines: ReadonlyArray<string>
  readonly last: string
}

/** Runs the runner over suites of these texts, and hands over what it said. */
const running = async (
  suites: Readonly<Record<string, string>>,
  use: (ran: Ran, base: string) => void | Promise<void>,
  limits: Readonly<Record<string, string>> = {},
): Promise<void> => {
  const base = mkdtempSync(join(tmpdir(), 'runner-'))
  try {
    symlinkSync(join(root, 'node_modules'), join(base, 'node_modules'))
    writeFileSync(join(base, 'package.json'), '{ "type": "module" }')
    for (const [path, text] of Object.entries(suites)) {
      mkdirSync(dirname(join(base, path)), { recursive: true })
      writeFileSync(join(base, path), text)
    }
    const env = { ...process.env, ...limits }
    const ran = spawnSync(process.execPath, [join(root, 'scripts/suites.mjs'), `--base=${base}`], { encoding: 'utf8', env })
    const lines = ran.stdout.trimEnd().split('\n')
    await use({ code: ran.status, lines, last: lines.at(-1) ?? '' }, base)
  } finally {
    rmSync(base, { recursive: true })
  }
}

const head = "import { suite, test } from 'uvu'\nimport * as assert from 'uvu/assert'\n"
const passing = `${head}test('holds', () => assert.ok(true))\ntest.run()\n`

test('a suite that passes is a pass', () =>
  running({ 'test/a.test.ts': passing, 'packages/x/src/b.test.ts': passing }, ({ code, last }) =>
    assert.equal([code, last], [0, '2 passed, 0 failed, 0 skipped']),
  ))

test('a skipped test is counted as skipped', () =>
  running({ 'test/a.test.ts': passing.replace('test.run', "test.skip('later', () => {})\ntest.run") }, ({ code, last }) =>
    assert.equal([code, last], [0, '1 passed, 0 failed, 1 skipped']),
  ))

const failures: Readonly<Record<string, string>> = {
  'a failing assertion': `${head}test('does not hold', () => assert.ok(false))\ntest.run()\n`,
  'a suite that is never run': `${head}test('holds', () => assert.ok(true))\n`,
  'a hook before all that throws': `${head}test.before(() => { throw new Error('no') })\ntest('holds', () => {})\ntest.run()\n`,
  'a hook after each that throws': `${head}test.after.each(() => { throw new Error('no') })\ntest('holds', () => {})\ntest.run()\n`,
  'a hook after all that throws': `${head}test.after(() => { throw new Error('no') })\ntest('holds', () => {})\ntest.run()\n`,
  'a test that throws no Error': `${head}test('throws', () => { throw 'no' })\ntest.run()\n`,
  'a test that rejects with no Error': `${head}test('rejects', () => Promise.reject({ tag: 'No' }))\ntest.run()\n`,
  'a test that throws no Error behind one suite that passes': `${passing}const later = suite('later')\nlater('throws', () => { throw null })\nlater.run()\n`,
  'a test that ends the process': `${head}test('ends it', () => process.exit(0))\ntest.run()\n`,
  'a test that never settles': `${head}test('waits', () => new Promise(() => {}))\ntest.run()\n`,
  'a file that does not compile': `${head}test('holds', () => {\n`,
}
const failsAsOne = ({ code, last, lines }: Ran): void => {
  assert.is(code, 1)
  assert.match(last, /^\d+ passed, [1-9]\d* failed, 0 skipped$/)
  assert.match(lines[0] ?? '', 'FAIL test/a.test.ts')
}
for (const [name, text] of Object.entries(failures)) test(`${name} is a failure`, () => running({ 'test/a.test.ts': text }, failsAsOne))

test('an open handle is a failure', () => {
  const text = `${head}test('holds', () => { setInterval(() => {}, 1000) })\ntest.run()\n`
  return running({ 'test/a.test.ts': text }, failsAsOne, { BORGLEDGER_SUITE_LIMIT_MS: '3000' })
})

test('no suite at all is a failure', () =>
  running({ 'test/notes.txt': '' }, ({ code, last }) => assert.equal([code, last], [1, '0 passed, 1 failed, 0 skipped'])))

test('a file left behind is a failure, is named, and is removed', () => {
  const text = `${head}import { mkdtempSync } from 'node:fs'\nimport { tmpdir } from 'node:os'\ntest('leaves', () => { mkdtempSync(tmpdir() + '/forgotten-') })\ntest.run()\n`
  return running({ 'test/a.test.ts': text }, ({ code, lines }) => {
    assert.is(code, 1)
    const left = /left behind: (\S+forgotten-\S+)/.exec(lines.join('\n'))?.[1]
    assert.ok(left)
    assert.not(existsSync(left))
  })
})

test('a process left running is a failure, is named, and is ended', () => {
  const child = "spawn('sleep', ['600'], { detached: true, stdio: 'ignore' })"
  const write = "writeFileSync(new URL('pid', import.meta.url), String(child.pid))"
  const text = `${head}import { spawn } from 'node:child_process'\nimport { writeFileSync } from 'node:fs'\ntest('leaves', () => { const child = ${child}; child.unref(); ${write} })\ntest.run()\n`
  const use = async ({ code, lines }: Ran, base: string): Promise<void> => {
    assert.is(code, 1)
    const pid = readFileSync(join(base, 'test/pid'), 'utf8')
    assert.match(lines.join('\n'), `left running: ${pid} sleep 600`)
    await until(() => !isAlive(Number(pid)), 'it is ended')
  }
  return running({ 'test/a.test.ts': text }, use, { BORGLEDGER_SUITE_GRACE_MS: '500' })
})

test.run()
