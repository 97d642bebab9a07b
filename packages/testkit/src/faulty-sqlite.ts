/** SQLite with a hand on every statement that is executed directly: to count them, or to let them fail. */

/** As much of a driver as it needs. */
interface Sqlite {
  readonly DatabaseSync: new (file: string) => { readonly exec: (sql: string) => void }
}

/** `instead` is asked before each; what it throws is what the statement throws, and it may let the real one run first. */
export const faultySqlite = <Driver extends Sqlite>(real: Driver, instead: (sql: string, run: () => void) => void): Driver => ({
  ...real,
  DatabaseSync: new Proxy(real.DatabaseSync, {
    construct: (DatabaseSync, given) => {
      const database: InstanceType<Sqlite['DatabaseSync']> = Reflect.construct(DatabaseSync, given)
      const run = database.exec.bind(database)
      return Object.defineProperty(database, 'exec', { value: (sql: string) => instead(sql, () => run(sql)) })
    },
  }),
})

/** An error as the driver throws it. 1034 is a failed fsync, 13 a full disk. */
export const sqliteError = (errcode: number): Error =>
  Object.assign(new Error(`made to fail with ${errcode}`), { code: 'ERR_SQLITE_ERROR', errcode })
