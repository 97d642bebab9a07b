/**
 * Brings every released shape of an event to today's. Pure and total: a shape that needs nothing passes through.
 *
 * `fixtures/golden` holds events of every released version; a test decodes them for ever.
 */

/** An event as it is stored: its type and version beside its data. */
export interface StoredShape {
  readonly type: string
  readonly version: number
  readonly data: { readonly [key: string]: unknown }
}

type Step = (stored: StoredShape) => StoredShape

/** By `type@version`: the step to the next version. Empty while every event is in its first shape. */
const steps: ReadonlyMap<string, Step> = new Map()

export const upcast = (stored: StoredShape, known: ReadonlyMap<string, Step> = steps): StoredShape => {
  let current = stored
  for (let step = known.get(keyOf(current)); step !== undefined; step = known.get(keyOf(current))) {
    const next = step(current)
    if (next.version <= current.version) throw new Error(`the upcast of ${keyOf(current)} does not raise its version`)
    current = next
  }
  return current
}

const keyOf = ({ type, version }: StoredShape): string => `${type}@${version}`
