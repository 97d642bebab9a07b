/** A durable, tamper-evident event store in one SQLite file. */
export type {
  CannotOpen,
  MissingDirectory,
  NetworkFileSystem,
  NewerSchema,
  NotALog,
  NotDurable,
  OpenError,
} from './errors.js'
export { networkFileSystem } from './place.js'
export { type SqliteEventStoreOptions, sqliteEventStore } from './sqlite-store.js'
