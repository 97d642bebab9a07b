/** One after the other: a piece of work begins when all that were given before it have ended, well or not. */
export type Lane = <A>(work: () => Promise<A>) => Promise<A>

export const createLane = (): Lane => {
  let tail: Promise<unknown> = Promise.resolve()
  return (work) => {
    const done = tail.then(work)
    tail = done.catch(() => undefined)
    return done
  }
}
