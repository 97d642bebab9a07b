/** Rows by id; setting undefined removes one. */
export interface Rows<A> {
  readonly get: (id: string) => A | undefined
  readonly set: (id: string, row: A | undefined) => void
}
