// Where the faults are made: a ledger over a folder that is removed afterwards, with whatever a fault needs: repositories, files, small disks.
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createBorgledger } from 'borgledger'
import { isLocked, listArchives, processesNaming } from './seen.mjs'

const by = { actor: 'user:anna' }

/** `ssh`: how the ledger's ssh finds its way. */
export const makeScene = async (ssh) => {
  const folder = mkdtempSync(join(tmpdir(), 'borgledger-faults-'))
  const at = (...names) => join(folder, ...names)
  mkdirSync(at('bin'))
  const env = { ...process.env, PATH: `${at('bin')}:${process.env.PATH}` }
  const ledger = await createBorgledger({ dataDir: at('data'), ssh, env })
  must(await ledger.changeSettings({ allowedPackages: ['hostname'] }, by))
  const disks = []
  const close = async () => {
    await ledger.close({ drainMs: 0 })
    for (const disk of disks) spawnSync('umount', ['-l', disk], { stdio: 'ignore' })
    rmSync(folder, { recursive: true, force: true })
  }
  return { at, ledger, close, ...jobs(ledger), ...things(at, disks), ...sights(ledger, folder) }
}

/** What is asked of the ledger. */
const jobs = (ledger) => {
  const start = async (body) => must(await ledger.start(body, by))
  return {
    start,
    done: async (body) => (await start(body)).finished(),
    cancel: (job, force) => job.cancel({ ...by, reason: 'a fault run', force }),
    script: async (body) => must(await ledger.addScript(body, by)),
    add: async (body) => must(await ledger.addRepository(body, by)),
  }
}

/** What stands in the scene. */
const things = (at, disks) => ({
  /** Random files; gives their folder. */
  files: (name, count, bytes) => {
    mkdirSync(at(name), { recursive: true })
    for (let file = 0; file < count; file++) writeFileSync(at(name, `file-${file}`), randomBytes(bytes))
    return at(name)
  },
  /** A program that the ledger finds before the system's. */
  program: (name, text) => {
    writeFileSync(at('bin', name), `#!/bin/sh\n${text}\n`)
    chmodSync(at('bin', name), 0o755)
  },
  /** A small disk of its own, as an empty folder; null where nothing may be mounted. */
  disk: (name, size) => {
    mkdirSync(at(name))
    const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', at(name)], { stdio: 'ignore' })
    if (mount.status !== 0) return null
    disks.push(at(name))
    return at(name)
  },
  unmount: (path) => spawnSync('umount', ['-l', path]),
})

const sights = (ledger, folder) => ({
  archives: ({ location }) => listArchives(location, join(folder, 'borg')),
  runEnds: async (jobId) => (await ledger.events({ types: ['RunEnded'], tags: [`job:${jobId}`] })).map(({ data }) => data),
  ruleOf: async (jobId) => {
    const events = await ledger.events({ tags: [`job:${jobId}`], limit: 1_000 })
    return events.findLast(({ data }) => data.jobId === jobId && data.verdict)?.data.verdict.rule ?? null
  },
  /** What is to be seen of us after a job has ended. */
  left: (repository) => ({
    'no process is left': processesNaming(folder).length === 0,
    ...(repository === undefined ? {} : { 'no lock is left': !isLocked(repository.location) }),
  }),
})

/** Makes a repository of that name; `more`: whatever is not as usual. */
export const makeRepository = async ({ at, add }, id, more = {}) => {
  const { location } = await add({ id, name: id, location: at(id), create: { encryption: 'none' }, ...more })
  return { id, location }
}

const must = (result) => {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value
}
