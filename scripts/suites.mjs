// Runs every *.test.ts with uvu, one process a file. uvu by itself exits 0 when a hook throws, when a test throws a non-error, when `.run()` is
// forgotten and when no file matches, and it waits for ever on an open handle; here each of these is a failure.
import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const rooms = ['packages', 'host', 'examples', 'test']
const limitMs = Number(process.env.BORGLEDGER_SUITE_LIMIT_MS ?? 180_000)

/** The suites below the project's rooms whose path contains every one of `words`. */
export const findSuites = (words = [], base = root) =>
  rooms
    .flatMap((room) => readdirSync(join(base, room), { recursive: true }).map((file) => join(room, String(file))))
    .filter((file) => file.endsWith('.test.ts') && !/(^|\/)(node_modules|dist)\//.test(file))
    .filter((file) => words.every((word) => file.includes(word)))
    .sort()

/** What one uvu process said: { total, passed, skipped, failed, output }. Nothing run, or less passed than there was, is a failure. */
export const judge = (code, output) => {
  const count = (name) => Number(new RegExp(`^\\s+${name}:\\s+(\\d+)`, 'm').exec(output)?.[1] ?? 0)
  const [total, passed, skipped] = [count('Total'), count('Passed'), count('Skipped')]
  const whole = code === 0 && total > 0 && passed === total
  return { total, passed, skipped, failed: whole ? 0 : Math.max(total - passed, 1) }
}

const runSuite = (file) =>
  new Promise((resolve) => {
    const flags = ['--conditions=@borgledger/source', '--import', 'tsx/esm', '--enable-source-maps', '--expose-gc']
    const pattern = `^${basename(file).replaceAll('.', '\\.')}$`
    const child = spawn(process.execPath, [...flags, join(root, 'node_modules/uvu/bin.js'), join(root, dirname(file)), pattern], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1' },
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text))
    const timer = setTimeout(() => {
      output += `\nno end after ${limitMs} ms: an open handle or a stuck test\n`
      process.kill(-child.pid, 'SIGKILL')
    }, limitMs)
    child.on('close', (code) => {
      clearTimeout(timer)
      const plain = output.replace(/\x1b\[[0-9;]*m/g, '')
      resolve({ file, output: `${plain}\nexit code ${code}`, ...judge(code, plain) })
    })
  })

/** Runs the suites, as many at a time as there are cores, and prints a line for each. */
export const runSuites = async (files) => {
  const sum = { passed: 0, failed: 0, skipped: 0 }
  const queue = [...files]
  const lane = async () => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      const suite = await runSuite(file)
      for (const key of Object.keys(sum)) sum[key] += suite[key]
      console.log(
        `${suite.failed ? 'FAIL' : 'ok  '} ${file} (${suite.passed}/${suite.total}${suite.skipped ? `, ${suite.skipped} skipped` : ''})`,
      )
      if (suite.failed) console.log(suite.output.replace(/^/gm, '  | '))
    }
  }
  const lanes = Number(process.env.BORGLEDGER_SUITE_LANES ?? availableParallelism())
  await Promise.all(Array.from({ length: lanes }, lane))
  return sum
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const sum = await runSuites(findSuites(process.argv.slice(2)))
  console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`)
  process.exitCode = sum.failed > 0 || sum.passed === 0 ? 1 : 0
}
