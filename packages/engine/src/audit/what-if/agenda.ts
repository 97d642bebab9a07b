/** What is to happen at which instant: the earliest comes first, and of one instant the one of the lowest order (a binary heap). */
export interface Agenda<A> {
  readonly put: (atMs: number, order: number, item: A) => void
  /** The earliest; undefined when there is nothing left. */
  readonly first: () => Entry<A> | undefined
  /** Takes it off. */
  readonly take: () => Entry<A> | undefined
}

export interface Entry<A> {
  readonly atMs: number
  readonly order: number
  readonly item: A
}

export const isBefore = (a: Pick<Entry<unknown>, 'atMs' | 'order'>, b: Pick<Entry<unknown>, 'atMs' | 'order'>): boolean =>
  a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order)

export const agenda = <A>(): Agenda<A> => {
  const heap: Entry<A>[] = []
  const swap = (a: number, b: number): void => {
    const [left, right] = [heap[a], heap[b]]
    if (left === undefined || right === undefined) return
    heap[a] = right
    heap[b] = left
  }
  const isOut = (upper: number, lower: number): boolean => {
    const [above, below] = [heap[upper], heap[lower]]
    return above !== undefined && below !== undefined && isBefore(below, above)
  }
  const rise = (index: number): void => {
    for (let at = index; at > 0 && isOut((at - 1) >> 1, at); at = (at - 1) >> 1) swap((at - 1) >> 1, at)
  }
  const sink = (): void => {
    for (let at = 0; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2]
      const smaller = isOut(left, right) ? right : left
      if (!isOut(at, smaller)) return
      swap(at, smaller)
      at = smaller
    }
  }
  return {
    put: (atMs, order, item) => {
      heap.push({ atMs, order, item })
      rise(heap.length - 1)
    },
    first: () => heap[0],
    take: () => {
      const first = heap[0]
      const last = heap.pop()
      if (first === undefined || last === undefined) return undefined
      if (heap.length > 0) {
        heap[0] = last
        sink()
      }
      return first
    },
  }
}
