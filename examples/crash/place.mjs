// A place to crash in: a real encrypted repository, files that take borg a moment, and what borg itself says of it, without us.
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)
const passphrase = 'correct horse battery staple'

export const makePlace = async () => {
  const path = await mkdtemp(join(tmpdir(), 'borgledger-crash-'))
  const sources = join(path, 'files')
  await mkdir(sources)
  await writeFile(join(path, 'passphrase'), `${passphrase}\n`, { mode: 0o600 })
  return {
    path,
    sources,
    repository: join(path, 'repository'),
    dataDir: join(path, 'data'),
    scriptsRan: join(path, 'scripts-ran'),
    passphrase: { file: join(path, 'passphrase') },
    remove: () => rm(path, { recursive: true, force: true, maxRetries: 10 }),
  }
}

/** So that the next backup has about two seconds of work. */
export const freshFiles = async ({ sources }) => {
  for (let file = 0; file < 30; file++) await writeFile(join(sources, `file-${file}`), randomBytes(100_000))
}

/** The archives as borg lists them, with the job that each was made by. It waits for no lock: one that is left over is an error. */
export const archivesIn = async ({ path, repository }) => {
  const env = { ...process.env, BORG_PASSPHRASE: passphrase, BORG_BASE_DIR: join(path, 'other-borg'), LC_ALL: 'C.UTF-8' }
  const { stdout } = await run('borg', ['list', '--json', '--format', '{archive}{comment}', '--lock-wait', '1', repository], { env })
  return JSON.parse(stdout).archives.map(({ archive, comment }) => ({ name: archive, jobId: /job=(\S+)/.exec(comment)?.[1] ?? null }))
}

const dyingMsMax = 15_000

/** Those that stay: a short call of borg is ended with its host, which takes it a moment. */
export const leftOver = async (place) => {
  const endMs = Date.now() + dyingMsMax
  for (;;) {
    const pids = await processesOf(place)
    if (pids.length === 0 || Date.now() > endMs) return pids
    await sleep(100)
  }
}

/** Living processes that have anything to do with the place, save this one. */
const processesOf = async ({ path }) => {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
  const looked = await Promise.all(pids.map(async (pid) => ((await isOf(pid, path)) ? pid : null)))
  return looked.filter((pid) => pid !== null)
}

const isOf = async (pid, path) => {
  try {
    const [state, words, folder] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile(`/proc/${pid}/cmdline`, 'utf8'),
      readlink(`/proc/${pid}/cwd`),
    ])
    return !state.includes(') Z ') && (words.includes(path) || folder.startsWith(path))
  } catch {
    return false
  }
}
