// The scripted borg's repository: a folder with borg's `config` for the id, a list of archives, and a lock in borg's own form, which names
// its holder.
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
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
  const write = (all) => {
    writeFileSync(`${file}.tmp`, JSON.stringify(all))
    renameSync(`${file}.tmp`, file)
  }
  const add = (made) => {
    const archive = archiveOf(made)
    write([...archives(), archive])
    return archive
  }
  const remove = (ids) => write(archives().filter(({ id }) => !ids.includes(id)))
  return { identity, archives, breakLock, add, remove, lock: () => take(lock) }
}

const archiveOf = ({ name, comment, files, paths }) => {
  const size = files * 1000
  const stats = { nfiles: files, original_size: size, compressed_size: size, deduplicated_size: size }
  return { name, archive: name, id: newId(), comment, start: new Date().toISOString().replace('Z', '000'), stats, paths }
}

/** False when a living process has it. A dead one's is taken over, as borg does. */
const take = (lock) => {
  try {
    mkdirSync(lock)
  } catch {
    const holders = readdirSync(lock)
    if (holders.some(isAlive)) return false
    for (const holder of holders) rmSync(join(lock, holder), { force: true })
  }
  writeFileSync(join(lock, `${process.env.BORG_HOST_ID ?? 'fake@borg'}.${process.pid}-0`), '')
  return true
}

const isAlive = (holder) => {
  try {
    return process.kill(Number(/\.(\d+)-\w+$/.exec(holder)?.[1]), 0)
  } catch {
    return false
  }
}
