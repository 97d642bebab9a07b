/** Makes a data directory ready: there, private, writable, with the id of this installation. */
import { randomUUID } from 'node:crypto'
import { access, constants, mkdir, readFile, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { resolve } from 'node:path'
import { StartError } from '../start-error.js'
import { type Layout, layoutOf } from './layout.js'

export interface DataDir extends Layout {
  /** `<host name>@<installation>`: constant over restarts, unique to the installation, so that borg heals its own stale locks and no others. */
  readonly hostId: string
}

/** Throws `StartError` when the directory cannot be made or written. */
export const prepareDataDir = async (dataDir: string): Promise<DataDir> => {
  const layout = layoutOf(resolve(dataDir))
  try {
    await mkdir(layout.root, { recursive: true, mode: 0o700 })
    await access(layout.root, constants.R_OK | constants.W_OK | constants.X_OK)
    for (const file of [layout.log, layout.ownerLock]) await makePrivate(file, '')
    await makePrivate(layout.installId, `${randomUUID()}\n`)
    return { ...layout, hostId: `${hostname()}@${(await readFile(layout.installId, 'utf8')).trim()}` }
  } catch (cause) {
    throw new StartError('data-dir', `the data directory ${layout.root} cannot be used: ${(cause as Error).message}`)
  }
}

/** For its user's eyes alone; one that is there is never opened, for closing it would let go of SQLite's locks on it. */
const makePrivate = async (file: string, content: string): Promise<void> => {
  await writeFile(file, content, { flag: 'wx', mode: 0o600 }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'EEXIST') throw cause
  })
}
