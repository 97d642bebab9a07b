/**
 * Keeps space for commits that must not wait for a full disk, and makes it again once there is room for what is missing and for the whole of
 * it once more: so it does not take the space that somebody has just made, and whoever it refuses is refused with a reason.
 */
import type { Full, Reserve } from '@borgledger/eventstore'
import { bytesFreeAt, bytesIn, fillUp, giveBackSlice } from './reserve-file.js'

export interface KeptReserve {
  readonly state: () => Reserve
  /** What a commit is answered that may not use it; null while it is not in use, or there is room to make it again. */
  readonly refusal: () => Full | null
  /** Gives a bit of it back to the disk; false when nothing is left. */
  readonly giveBack: () => boolean
  /** Makes it now if there is room, otherwise later. Resolves when that was tried. */
  readonly make: () => Promise<void>
  readonly close: () => Promise<void>
}

export const noReserve: KeptReserve = {
  state: () => ({ tag: 'None' }),
  refusal: () => null,
  giveBack: () => false,
  make: async () => undefined,
  close: async () => undefined,
}

export interface ReserveToKeep {
  readonly path: string
  readonly bytes: number
  /** How often it is looked for room, in milliseconds; default 5,000. */
  readonly lookEveryMs?: number
  readonly bytesFree?: () => number
}

/** Nothing is made before `make` is called first. */
export const keepReserve = ({ path, bytes, lookEveryMs = 5_000, bytesFree = () => bytesFreeAt(path) }: ReserveToKeep): KeptReserve => {
  let making: Promise<void> | null = null
  let timer: NodeJS.Timeout | undefined
  let trouble = 'there is no room for it'
  let drawnOn = false
  let closed = false

  const wanted = (left: number | null): number => 2 * bytes - (left ?? 0)
  const isWhole = (): boolean => (bytesIn(path) ?? 0) >= bytes
  const hasRoom = (left: number | null): boolean => bytesFree() >= wanted(left)
  const tryNow = async (): Promise<void> => {
    clearTimeout(timer)
    drawnOn = false
    if (hasRoom(bytesIn(path))) {
      await fillUp(path, bytes, () => !closed && !drawnOn).catch((cause: Error) => {
        trouble = cause.message
      })
    }
    if (!closed && !isWhole()) timer = setTimeout(() => void make(), lookEveryMs).unref()
  }
  const make = async (): Promise<void> => {
    if (closed || (making === null && isWhole())) return
    making ??= tryNow().finally(() => {
      making = null
    })
    await making
  }
  return {
    state: () => stateOf(bytesIn(path), bytes, trouble),
    refusal: () => {
      const left = bytesIn(path)
      if (left !== null && left >= bytes) return null
      void make()
      return left === null || hasRoom(left) ? null : { tag: 'Full', detail: sayInUse(left, bytes, wanted(left)) }
    },
    giveBack: () => {
      drawnOn = true
      const given = giveBackSlice(path)
      void make()
      return given
    },
    make,
    close: async () => {
      closed = true
      clearTimeout(timer)
      await making
    },
  }
}

const stateOf = (left: number | null, bytes: number, reason: string): Reserve => {
  if (left === null) return { tag: 'Missing', bytes, reason }
  return left < bytes ? { tag: 'InUse', bytes, left } : { tag: 'Whole', bytes }
}

const sayInUse = (left: number, bytes: number, wanted: number): string =>
  `its reserve is in use (${sayMib(left)} of ${sayMib(bytes)} are left) until ${sayMib(wanted)} are free`

const sayMib = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MiB`
