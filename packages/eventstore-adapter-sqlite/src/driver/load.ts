/**
 * Which SQLite: the one built into Node from version 24 on, before that `@photostructure/sqlite` (same API, binaries inside the package).
 */
import { createRequire } from 'node:module'
import type { SqliteModule } from './port.js'

/**
 * `auto` is the built-in one where Node has it without a warning; or a module of your own with the same API.
 *
 * Never open one file by two of them in one process: each closes its files without knowing of the other's locks, and the system drops both.
 */
export type Driver = 'auto' | 'builtin' | 'package' | SqliteModule

const builtinSince = 24

/** Throws when the driver asked for is not there. */
export const loadSqlite = (driver: Driver = 'auto'): SqliteModule => {
  if (typeof driver === 'object') return driver
  const major = Number(process.versions.node.split('.')[0])
  if (driver === 'package' || (driver === 'auto' && major < builtinSince)) return loadPackage()
  const builtin: unknown = process.getBuiltinModule('node:sqlite')
  if (isSqlite(builtin)) return builtin
  if (driver === 'builtin') throw new Error(`Node ${process.versions.node} has no node:sqlite`)
  return loadPackage()
}

const loadPackage = (): SqliteModule => {
  const loaded: unknown = createRequire(import.meta.url)('@photostructure/sqlite')
  if (isSqlite(loaded)) return loaded
  throw new Error('@photostructure/sqlite has no DatabaseSync')
}

const isSqlite = (value: unknown): value is SqliteModule =>
  typeof value === 'object' && value !== null && 'DatabaseSync' in value && typeof value.DatabaseSync === 'function'
