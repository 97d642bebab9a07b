// Where a host is killed: chosen by a seed, so that what happened once can be had again.

/** Numbers in [0, 1), the same ones for the same seed (mulberry32). */
export const randomOf = (seed) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/**
 * The first point of every kind of job is between the end of its process and the event of that, the second right after the intent, before
 * the process is known; the others are anywhere: after any event of an undisturbed run of `events` events, at once or up to a second later.
 */
export const pointAt = (index, events, random) => {
  if (index === 0) return { killAfter: 0, delayMs: 0, stopAtSpawn: true }
  if (index === 1) return { killAfter: 4, delayMs: 0, stopAtSpawn: false }
  const killAfter = 1 + Math.floor(random() * events)
  const delayMs = random() < 0.4 ? 0 : Math.floor(random() * 1_000)
  return { killAfter, delayMs, stopAtSpawn: false }
}
