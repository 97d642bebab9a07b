/** Numbers by row, counted from 0: eight bytes each, in blocks, so that nothing is copied as they become more. */
export interface Column {
  /** Undefined where none was set. */
  readonly get: (row: number) => number | undefined
  /** Throws a RangeError on NaN, which stands for none, and on what is no row. */
  readonly set: (row: number, value: number) => void
}

const blockRows = 8_192

export const column = (): Column => {
  const blocks: Float64Array[] = []
  const blockOf = (row: number): Float64Array => {
    const index = Math.floor(row / blockRows)
    const block = blocks[index] ?? new Float64Array(blockRows).fill(Number.NaN)
    blocks[index] = block
    return block
  }
  return {
    get: (row) => {
      const value = blocks[Math.floor(row / blockRows)]?.[row % blockRows]
      return value === undefined || Number.isNaN(value) ? undefined : value
    },
    set: (row, value) => {
      if (!(row >= 0) || Number.isNaN(value)) throw new RangeError(`${value} cannot stand in row ${row}`)
      blockOf(row)[row % blockRows] = value
    },
  }
}
