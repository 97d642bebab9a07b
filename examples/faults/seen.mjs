// What is to be seen from outside of the ledger: processes, locks, and the archives as borg itself lists them.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** With a cache of its own, so that the ledger's is not touched. */
export const listArchives = (location, baseDir) => {
  const env = { ...process.env, BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK: 'yes', BORG_BASE_DIR: baseDir }
  const { status, stdout, stderr } = spawnSync('borg', ['list', '--short', location], { env, encoding: 'utf8' })
  if (status !== 0) throw new Error(`borg list: ${stderr}`)
  return stdout.split('\n').filter(Boolean)
}

export const isLocked = (location) => existsSync(join(location, 'lock.exclusive'))

/** Changes a byte in the middle of each of the repository's larger files of data. */
export const damage = ({ location }) => {
  for (const name of readdirSync(join(location, 'data', '0'))) {
    const path = join(location, 'data', '0', name)
    const bytes = readFileSync(path)
    if (bytes.length < 1_000) continue
    bytes[bytes.length >> 1] ^= 0xff
    writeFileSync(path, bytes)
  }
}

/** Processes that name the folder in their environment or their arguments; zombies name nothing any more. */
export const processesNaming = (folder) =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => ['environ', 'cmdline'].some((file) => textOf(`/proc/${pid}/${file}`).includes(folder)))

const textOf = (path) => {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}
