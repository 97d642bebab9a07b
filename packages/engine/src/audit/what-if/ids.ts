/** Texts by number, counted from 0 as they are met: what is kept of each thing of a long history stands in columns, and its name here once. */
export interface Ids {
  /** A text that was not met before gets the next number. */
  readonly numberOf: (id: string) => number
  /** Undefined when it was never met. */
  readonly known: (id: string) => number | undefined
  /** Those met so far, by number. */
  readonly all: ReadonlyArray<string>
}

export const createIds = (): Ids => {
  const numbers = new Map<string, number>()
  const all: string[] = []
  return {
    numberOf: (id) => {
      const known = numbers.get(id)
      if (known !== undefined) return known
      numbers.set(id, all.length)
      return all.push(id) - 1
    },
    known: (id) => numbers.get(id),
    all,
  }
}
