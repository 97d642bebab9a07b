/**
 * The part of the `node:sqlite` API that this project uses, declared here because Node 20 has neither the module nor its types.
 *
 * Only these values may be bound: a Date would become NULL without a word.
 */
export type SqlValue = string | number | bigint | null | Uint8Array
export type Row = Readonly<Record<string, SqlValue>>

/** The values of a row in the order of its columns. */
export type Tuple = ReadonlyArray<SqlValue>

/** Rows have no prototype: spread them before a deep comparison. */
export interface Statement {
  readonly run: (...values: ReadonlyArray<SqlValue>) => { readonly changes: number | bigint }
  readonly get: (...values: ReadonlyArray<SqlValue>) => Row | undefined
  readonly all: (...values: ReadonlyArray<SqlValue>) => ReadonlyArray<Row>
  /** From then on `all` gives tuples. Older versions of `node:sqlite` lack it. */
  readonly setReturnArrays?: (enabled: boolean) => void
}

export interface Database {
  readonly exec: (sql: string) => void
  readonly prepare: (sql: string) => Statement
  readonly close: () => void
  readonly isTransaction: boolean
}

export interface SqliteModule {
  readonly DatabaseSync: new (file: string, options?: { readonly readOnly?: boolean }) => Database
}
