/** What is to happen at which instant: the earliest comes first, and of one instant what was put down first (a binary heap). */
export interface Agenda<A> {
  readonly put: (atMs: number, item: A) => void
  /** Takes the earliest off; undefined when there is nothing left. */
  readonly take: () => { readonly atMs: number; readonly item: A } | undefined
}

interface Entry<A> {
  readonly atMs: number
  readonly order: number
  readonly item: A
}

export const agenda = <A>(): Agenda<A> => {
  const heap: Entry<A>[] = []
  let puts = 0
  const isBefore = (a: Entry<A>, b: Entry<A>): boolean => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order)
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
    put: (atMs, item) => {
      heap.push({ atMs, order: (puts += 1), item })
      rise(heap.length - 1)
    },
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
