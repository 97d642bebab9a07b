/**
 * One owner a data directory: a lock of the kernel, through SQLite's own file lock, that no death of the owner can leave behind.
 *
 * Beside it stands who the owner is and where it can be spoken to, for its own user's eyes only.
 */
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { classify, type Database, loadSqlite } from 'eventstore-adapter-sqlite/driver'
import * as t from 'io-ts'
import { StartError } from '../start-error.js'
import type { Layout } from './layout.js'

const OwnerIdentity = t.intersection([
  t.type({ pid: t.number, host: t.string, startedAt: t.string }),
  t.partial({ url: t.string, key: t.string }),
])
/** `url` and `key`: where and with which bearer token the owner's command line reaches it, while it serves. */
export type OwnerIdentity = Readonly<t.TypeOf<typeof OwnerIdentity>>

export interface OwnerLock {
  readonly identity: OwnerIdentity
  readonly announce: (address: { readonly url: string; readonly key: string }) => Promise<void>
  readonly release: () => Promise<void>
}

/** Throws `StartError`: `owned` names the living owner; `data-dir`: there is no space to become one. */
export const takeOwnership = async (layout: Pick<Layout, 'owner' | 'ownerLock'>, startedAt: string): Promise<OwnerLock> => {
  const lock = lockFile(layout.ownerLock)
  if (lock === 'held') throw new StartError('owned', await sayOwner(layout.owner))
  if (lock === 'no-space') throw withoutSpace('there is no space')
  const identity: OwnerIdentity = { pid: process.pid, host: hostname(), startedAt }
  await writeIdentity(layout.owner, identity).catch((cause: Error) => {
    lock.close()
    throw withoutSpace(cause.message)
  })
  return {
    identity,
    announce: (address) => writeIdentity(layout.owner, { ...identity, ...address }),
    release: async () => {
      await rm(layout.owner, { force: true })
      lock.close()
    },
  }
}

/** The owner of a data directory; null when there is none, even if one left its identity behind. */
export const ownerOf = async (layout: Pick<Layout, 'owner' | 'ownerLock'>): Promise<OwnerIdentity | null> => {
  const identity = await readIdentity(layout.owner)
  if (identity === null) return null
  const lock = lockFile(layout.ownerLock)
  if (typeof lock === 'object') lock.close()
  return lock === 'held' ? identity : null
}

const withoutSpace = (detail: string): StartError =>
  new StartError('data-dir', `it cannot be recorded who owns the data directory: ${detail}`)

/** `no-space`: nobody holds it, and it cannot be had for want of space. */
const lockFile = (file: string): Database | 'held' | 'no-space' => {
  const database = new (loadSqlite().DatabaseSync)(file)
  try {
    database.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
    return database
  } catch (error) {
    database.close()
    return classify(error) === 'full' ? 'no-space' : 'held'
  }
}

const writeIdentity = async (file: string, identity: OwnerIdentity): Promise<void> => {
  await writeFile(`${file}.new`, `${JSON.stringify(identity)}\n`, { mode: 0o600 })
  await rename(`${file}.new`, file)
}

const readIdentity = async (file: string): Promise<OwnerIdentity | null> => {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'))
    return OwnerIdentity.is(value) ? value : null
  } catch {
    return null
  }
}

const sayOwner = async (file: string): Promise<string> => {
  const owner = await readIdentity(file)
  if (owner === null) return 'this data directory has an owner already, which did not say who it is'
  return `this data directory is owned by process ${owner.pid} on ${owner.host}, since ${owner.startedAt}`
}
