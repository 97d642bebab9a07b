/** The ids port: the engine's only source of randomness. Ids sort by the time of their making. */
import { uuidv7 } from 'uuidv7'

export interface Ids {
  /** A fresh id, such as `0192f3c1-7b3e-7cc3-98c4-dc0c0c07398f`. */
  readonly fresh: () => string
}

/** UUIDs of version 7 (RFC 9562). */
export const systemIds: Ids = { fresh: uuidv7 }
