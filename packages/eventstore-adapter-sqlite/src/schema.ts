/**
 * The tables, and how an older file becomes a newer one: forward only, each step once, under the write lock.
 *
 * Texts stand as they are, so that any SQLite tool can read the log. Nothing is enforced by triggers: who can write the file could drop them,
 * and the hash chain shows what was changed.
 */
import { type Connection, transaction } from './driver/index.js'
import { OpenRefused } from './errors.js'

/** "evlg": marks a file as a log of this package. */
export const applicationId = 0x65766c67

/** Step n leads from version n to n + 1. A step that was ever released is never changed. */
const steps: ReadonlyArray<string> = [
  `
  CREATE TABLE commits (
    last           INTEGER PRIMARY KEY,
    first          INTEGER NOT NULL,
    id             TEXT NOT NULL UNIQUE,
    at             TEXT NOT NULL,
    actor          TEXT NOT NULL,
    correlation_id TEXT NOT NULL,
    causation_id   TEXT,
    command        TEXT NOT NULL,
    hash           TEXT NOT NULL
  ) STRICT;
  CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE,
    type     TEXT NOT NULL,
    version  INTEGER NOT NULL,
    tags     TEXT NOT NULL,
    data     TEXT NOT NULL
  ) STRICT;
  CREATE INDEX events_by_type ON events (type);
  CREATE TABLE event_tags (
    tag      TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (tag, position)
  ) STRICT, WITHOUT ROWID;
  `,
]

export const schemaVersion = steps.length

/** Throws `OpenRefused` when the file is neither empty nor a log that this version knows. Changes nothing. */
export const acceptLog =
  (file: string) =>
  (connection: Connection): void => {
    const version = Number(connection.pragma('user_version'))
    const owner = Number(connection.pragma('application_id'))
    const tables = connection.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.['n']
    if (owner === 0 && version === 0 && tables === 0) return
    if (owner !== applicationId) throw new OpenRefused({ tag: 'NotALog', file, detail: 'it is a database of something else' })
    if (version > schemaVersion) throw new OpenRefused({ tag: 'NewerSchema', found: version, known: schemaVersion })
  }

/** Brings the tables up to date. Another process may do the same at the same time: the version is read again under the lock. */
export const migrate = (connection: Connection): void => {
  if (connection.pragma('user_version') === schemaVersion) return
  transaction(connection, () => {
    const from = Number(connection.pragma('user_version'))
    for (const step of steps.slice(from)) connection.exec(step)
    connection.exec(`PRAGMA application_id = ${applicationId}`)
    connection.exec(`PRAGMA user_version = ${schemaVersion}`)
  })
}
