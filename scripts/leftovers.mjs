// What a suite left behind: processes and files. A suite gets a temporary directory of its own, so whatever names that directory (in its
// environment, its arguments or its working directory) belongs to the suite.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

/** How long a process that was told to end may take, on a machine that does much else. */
const graceMs = Number(process.env.BORGLEDGER_SUITE_GRACE_MS ?? 15_000)

/** A directory for one suite. The cache of tsx, which also stands in the temporary directory, stays shared. */
export const makeSuiteDirectory = () => {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'suite-')))
  const cache = join(tmpdir(), cacheName)
  mkdirSync(cache, { recursive: true })
  symlinkSync(realpathSync(cache), join(directory, cacheName))
  return directory
}

const cacheName = `tsx-${process.geteuid?.() ?? 'shared'}`

/** Ends and removes what is left of a suite, and gives one line for each. */
export const clearLeftovers = async (directory) => {
  const processes = await processesNaming(directory)
  // What is about to end may yet remove its files.
  const files = readdirSync(directory).filter((name) => !name.startsWith('tsx-'))
  for (const { pid } of processes) kill(pid)
  rmSync(directory, { recursive: true, force: true, maxRetries: 5 })
  return [
    ...processes.map(({ pid, command }) => `left running: ${pid} ${command}`),
    ...files.map((name) => `left behind: ${join(directory, name)}`),
  ]
}

const processesNaming = async (directory) => {
  const deadline = Date.now() + graceMs
  for (;;) {
    const found = look(directory)
    if (found.length === 0 || Date.now() > deadline) return found
    await delay(50)
  }
}

const look = (directory) =>
  (existsSync('/proc/self/environ') ? readdirSync('/proc') : [])
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => [textOf(pid, 'environ'), textOf(pid, 'cmdline'), targetOf(pid, 'cwd')].some((text) => text.includes(directory)))
    .map((pid) => ({ pid: Number(pid), command: textOf(pid, 'cmdline').replaceAll('\0', ' ').slice(0, 200) }))

/** Empty for a process that is gone or somebody else's. */
const textOf = (pid, file) => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}

const targetOf = (pid, link) => {
  try {
    return readlinkSync(`/proc/${pid}/${link}`)
  } catch {
    return ''
  }
}

const kill = (pid) => {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}
