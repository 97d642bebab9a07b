// Runs every *.test.ts with uvu, one process a file. uvu by itself exits 0 when a hook throws, when a test throws a non-error, when `.run()` is
// forgotten and when no file matches, and it waits for ever on an open handle; here each of these is a failure, and so is a process or a file
// that a suite leaves behind. Words filter the paths; `--base=DIR` looks below another directory.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { clearLeftovers, makeSuiteDirectory } from './leftovers.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const rooms = ['packages', 'host', 'examples', 'test']
const limitMs = Number(process.env.BORGLEDGER_SUITE_LIMIT_MS ?? 180_000)

/** The suites below the project's rooms whose path contains every one of `words`. */
export const findSuites = (words = [], base = root) =>
  rooms
    .filter((room) => existsSync(join(base, room)))
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

const runSuite = async (file, base) => {
  const directory = makeSuiteDirectory()
  const ended = await runUvu(file, base, directory)
  const left = await clearLeftovers(directory)
  const judged = judge(ended.code, ended.output)
  const output = [ended.output, `exit code ${ended.code}`, ...left].join('\n')
  return { file, ...judged, failed: judged.failed + left.length, output }
}

const runUvu = (file, base, directory) =>
  new Promise((resolve) => {
    const flags = ['--conditions=@borgledger/source', '--import', import.meta.resolve('tsx/esm'), '--enable-source-maps', '--expose-gc']
    const pattern = `^${basename(file).replaceAll('.', '\\.')}$`
    const child = spawn(process.execPath, [...flags, join(root, 'node_modules/uvu/bin.js'), join(base, dirname(file)), pattern], {
      cwd: base,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1', TMPDIR: directory },
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text))
    const timer = setTimeout(() => {
      output += `\nno end after ${limitMs} ms: an open handle or a stuck test\n`
      process.kill(-child.pid, 'SIGKILL')
    }, limitMs)
    child.on('exit', (code) => {
      clearTimeout(timer)
      // A grandchild that holds the pipes would keep them open for ever; it is found and named by what is left behind.
      setTimeout(() => [child.stdout, child.stderr].map((stream) => stream.destroy()), 500).unref()
      child.on('close', () => resolve({ code, output: output.replace(/\x1b\[[0-9;]*m/g, '') }))
    })
  })

/** Runs the suites, as many at a time as there are cores, and prints a line for each. */
export const runSuites = async (files, base = root) => {
  const sum = { passed: 0, failed: 0, skipped: 0 }
  const queue = [...files]
  const lane = async () => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      const suite = await runSuite(file, base)
      for (const key of Object.keys(sum)) sum[key] += suite[key]
      console.log(
        `${suite.failed ? 'FAIL' : 'ok  '} ${file} (${suite.passed}/${suite.total}${suite.skipped ? `, ${suite.skipped} skipped` : ''})`,
      )
      if (suite.failed) console.log(suite.output.replace(/^/gm, '  | '))
    }
  }
  const lanes = Number(process.env.BORGLEDGER_SUITE_LANES ?? availableParallelism())
  await Promise.all(Array.from({ length: lanes }, lane))
  if (files.length > 0) return sum
  console.log('FAIL no suite was found')
  return { ...sum, failed: 1 }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const words = process.argv.slice(2).filter((word) => !word.startsWith('--'))
  const base = process.argv.find((word) => word.startsWith('--base='))?.slice('--base='.length) ?? root
  const sum = await runSuites(findSuites(words, base), base)
  console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`)
  process.exitCode = sum.failed > 0 || sum.passed === 0 ? 1 : 0
}
