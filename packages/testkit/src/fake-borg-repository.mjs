// The scripted borg's repository: a folder with borg's `config` for the id, a list of archives, and a lock that knows its holder's pid.
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fail } from './fake-borg-words.mjs'

const newId = () => randomBytes(32).toString('hex')

export const initRepository = (location) => {
  if (existsSync(join(location, 'config')))
    return fail({ msgid: 'Repository.AlreadyExists', message: `A repository already exists at ${location}.` })
  mkdirSync(location, { recursive: true })
  writeFileSync(join(location, 'archives.json'), '[]')
  writeFileSync(join(location, 'config'), `[repository]\nversion = 1\nid = ${newId()}\n`)
  return 0
}

/** Null when there is none. */
export const openRepository = (location) => {
  const config = join(location, 'config')
  if (!existsSync(config)) return null
  const identity = { id: /^id = (\w+)$/m.exec(readFileSync(config, 'utf8'))?.[1], location }
  const [file, lock] = [join(location, 'archives.json'), join(location, 'lock.exclusive')]
  const archives = () => JSON.parse(readFileSync(file, 'utf8'))
  const breakLock = () => {
    rmSync(lock, { recursive: true, force: true })
    return 0
  }
  return { identity, archives, breakLock, add: (made) => add(file, archives(), made), lock: () => take(lock) }
}

const add = (file, archives, { name, comment, files }) => {
  const size = files * 1000
  const stats = { nfiles: files, original_size: size, compressed_size: size, deduplicated_size: size }
  const archive = { name, archive: name, id: newId(), comment, start: new Date().toISOString(), stats }
  writeFileSync(`${file}.tmp`, JSON.stringify([...archives, archive]))
  renameSync(`${file}.tmp`, file)
  return archive
}

/** False when a living process has it. A dead one's is taken over, as borg does. */
const take = (lock) => {
  const holder = join(lock, 'pid')
  try {
    mkdirSync(lock)
  } catch {
    if (isAlive(holder)) return false
  }
  writeFileSync(holder, String(process.pid))
  return true
}

const isAlive = (holder) => {
  try {
    return process.kill(Number(readFileSync(holder, 'utf8')), 0)
  } catch {
    return false
  }
}
