/**
 * The tables of the read models. They are never migrated: a file of another version is made anew from the log.
 *
 * `record` is the whole job, repository, list of archives, target, delivery or tick as JSON; the columns beside it are what lists are searched by.
 * `created`, `started`, `finished` and `deleted` are positions in the log, by which the jobs that there were at an earlier position can be
 * found; `first` is the position at which an instant is heard of first. `log_bytes` is there as long as the log of an ended job is;
 * `instants` are those that a tick stands for.
 */
import type { Connection } from 'eventstore-adapter-sqlite/driver'

/** "brdm": marks a file as read models of this package. */
export const applicationId = 0x6272646d

/** Counts up with every change of the tables, and of the folds whose results stand in them. */
export const schemaVersion = 1

/** A job's place in the list is the position of its request, which is also the row id: every index below is in list order by itself. */
const tables = `
  CREATE TABLE jobs (
    created       INTEGER PRIMARY KEY,
    id            TEXT NOT NULL UNIQUE,
    type          TEXT NOT NULL,
    state         TEXT NOT NULL,
    outcome       TEXT,
    repository_id TEXT,
    schedule_id   TEXT,
    created_at    TEXT NOT NULL,
    started       INTEGER,
    finished      INTEGER,
    deleted       INTEGER,
    deleted_at    TEXT,
    finished_at   TEXT,
    log_bytes     INTEGER,
    record        TEXT
  ) STRICT;
  CREATE INDEX jobs_by_type ON jobs (type);
  CREATE INDEX jobs_by_state ON jobs (state);
  CREATE INDEX jobs_by_repository ON jobs (repository_id);
  CREATE INDEX jobs_by_schedule ON jobs (schedule_id) WHERE schedule_id IS NOT NULL;
  CREATE INDEX jobs_by_kept_log ON jobs (finished_at, id, log_bytes) WHERE log_bytes IS NOT NULL;
  CREATE INDEX jobs_by_end ON jobs (type, state, outcome) WHERE finished IS NOT NULL;
  CREATE INDEX backups_by_end ON jobs (repository_id, finished_at) WHERE type = 'backup' AND state = 'completed';
  CREATE TABLE repositories (
    id     TEXT PRIMARY KEY,
    record TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE archives (
    repository_id TEXT PRIMARY KEY,
    record        TEXT NOT NULL
  ) STRICT;
  CREATE TABLE targets (
    id     TEXT PRIMARY KEY,
    record TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE deliveries (
    queued    INTEGER PRIMARY KEY,
    id        TEXT NOT NULL UNIQUE,
    target_id TEXT NOT NULL,
    record    TEXT NOT NULL
  ) STRICT;
  CREATE INDEX deliveries_by_target ON deliveries (target_id);
  CREATE TABLE ticks (
    schedule_id TEXT NOT NULL,
    due_at      TEXT NOT NULL,
    first       INTEGER NOT NULL,
    outcome     TEXT NOT NULL,
    instants    INTEGER NOT NULL,
    record      TEXT NOT NULL,
    PRIMARY KEY (schedule_id, due_at)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX ticks_by_outcome ON ticks (schedule_id, outcome, instants);
  CREATE TABLE checkpoint (
    one      INTEGER PRIMARY KEY CHECK (one = 1),
    position INTEGER NOT NULL
  ) STRICT;
  INSERT INTO checkpoint VALUES (1, 0);
  CREATE TABLE snapshot (
    one      INTEGER PRIMARY KEY CHECK (one = 1),
    position INTEGER NOT NULL,
    hash     TEXT NOT NULL,
    shape    TEXT NOT NULL,
    state    TEXT NOT NULL,
    digest   TEXT NOT NULL
  ) STRICT;
`

/** Makes the tables in an empty file. To be called in a transaction. */
export const makeTables = (connection: Connection): void => {
  connection.exec(tables)
  connection.exec(`PRAGMA application_id = ${applicationId}`)
  connection.exec(`PRAGMA user_version = ${schemaVersion}`)
}

const filled = ['jobs', 'repositories', 'archives', 'targets', 'deliveries', 'ticks', 'snapshot']

/** Removes every row and goes back to before the first event. To be called in a transaction. */
export const emptyTables = (connection: Connection): void => {
  for (const table of filled) connection.exec(`DELETE FROM ${table}`)
  connection.exec('UPDATE checkpoint SET position = 0')
}
