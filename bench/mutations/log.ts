/** A verified log, changed in one place after the other. */
import { join } from 'node:path'
import { type Verified, verifyLedger } from '@borgledger/engine'
import type { EventStore, Head } from '@borgledger/eventstore'
import { chance, mutatedLog, mutations } from '@borgledger/testkit'
import { checkHead, signHead } from '../../packages/borgledger/src/audit/signed-head.js'
import type { Ledger } from '../audit/subjects.js'
import { countingKinds, type Kind } from './kinds.js'

/** Events between two places. */
const apart = 20_000

export interface Places {
  readonly head: Head
  readonly known: ReadonlyArray<Verified>
}

/** Verifies everything, and throws when something does not hold. */
export const verifiedPlaces = async ({ store, readModels }: Ledger): Promise<Places> => {
  const known: Verified[] = []
  const { ok, divergence, position, hash } = await verifyLedger({
    store,
    readModels,
    onProgress: (reached, verified) => {
      if (reached - (known.at(-1)?.head.position ?? 0) >= apart) known.push(verified)
    },
  })
  if (!ok) throw new Error(`the log does not hold as it is: ${JSON.stringify(divergence)}`)
  return { head: { position, hash }, known }
}

export interface LogOptions {
  readonly count: number
  readonly seed: number
  /** For the key. */
  readonly directory: string
}

/** Of a log whose hashes were made anew nothing but a signed head can tell. */
export const mutateLog = async (
  store: EventStore,
  { head, known }: Places,
  { count, seed, directory }: LogOptions,
): Promise<ReadonlyArray<Kind>> => {
  const [by, result, key] = [chance(seed), countingKinds(), join(directory, 'mutations-key.pem')]
  const signed = await signHead(key, head, '2026-11-03T02:13:00.000Z')
  for (let nth = 0; nth < count; nth++) {
    const mutation = mutations[nth % mutations.length] as (typeof mutations)[number]
    const mutated = await mutatedLog(store, head.position, mutation, by)
    const from = known.findLast((verified) => verified.head.position <= mutated.before.position)
    const told = `${mutation.what}, change ${nth} of seed ${seed}, after position ${mutated.before.position}`
    if (mutation.kind === 'forged') {
      const check = await checkHead(key, mutated.store, signed, from?.head)
      result.add(mutation.what, 'signed head', told, !check.ok && check.what !== '')
    } else {
      const { ok, divergence } = await verifyLedger({ store: mutated.store, readModels: null, ...(from === undefined ? {} : { from }) })
      result.add(mutation.what, 'verify', told, !ok && (divergence?.position ?? 0) > mutated.before.position)
    }
  }
  return result.kinds()
}
