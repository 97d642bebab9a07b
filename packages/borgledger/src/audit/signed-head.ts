/**
 * Where the log stands, signed (Ed25519): kept elsewhere, it proves later that nothing up to there was rewritten or cut off, also by somebody
 * who made all hashes anew. The key is made at first use; whoever can read it can sign, so what counts is the copy of the head, and of the
 * public key, that is kept out of this machine's reach.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomUUID, sign, verify } from 'node:crypto'
import { link, readFile, unlink, writeFile } from 'node:fs/promises'
import { type EventStore, emptyHead, type Head, verifyChain } from '@borgledger/eventstore'
import * as t from 'io-ts'

export const SignedHead = t.readonly(
  t.type({
    position: t.number,
    hash: t.string,
    /** When it was signed. */
    at: t.string,
    /** Base64. */
    signature: t.string,
    /** SPKI in DER, base64. */
    publicKey: t.string,
  }),
)
export type SignedHead = t.TypeOf<typeof SignedHead>

export interface HeadCheck {
  readonly ok: boolean
  readonly position: number
  /** A sentence. */
  readonly what: string
}

/** What is signed: every field on a line of its own. */
const messageOf = ({ position, hash, at }: Pick<SignedHead, 'position' | 'hash' | 'at'>): Buffer =>
  Buffer.from(`borgledger head\n${position}\n${hash}\n${at}\n`)

export const signHead = async (keyFile: string, { position, hash }: Head, at: string): Promise<SignedHead> => {
  const key = await signingKey(keyFile)
  return {
    position,
    hash,
    at,
    signature: sign(null, messageOf({ position, hash, at }), key).toString('base64'),
    publicKey: publicKeyOf(key),
  }
}

const publicKeyOf = (key: KeyObject): string => createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64')

/** Null: there is none yet, or none that can be read. */
const keyIn = async (file: string): Promise<KeyObject | null> => {
  const pem = await readFile(file).catch(() => null)
  return pem === null ? null : createPrivateKey(pem)
}

/** For its user's eyes alone, and there as a whole or not at all: two that ask at once get the same one. */
const signingKey = async (file: string): Promise<KeyObject> => {
  const known = await keyIn(file)
  if (known !== null) return known
  const fresh = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })
  const draft = `${file}.${randomUUID()}`
  await writeFile(draft, fresh, { flag: 'wx', mode: 0o600, flush: true })
  await link(draft, file).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'EEXIST') throw cause
  })
  await unlink(draft)
  return createPrivateKey(await readFile(file))
}

/**
 * Walks the chain up to the position of the signed head, and compares. `keyFile` tells whether the signature is this ledger's own, and is not
 * made here; `from` is a head before it that is verified already.
 */
export const checkHead = async (
  keyFile: string,
  store: Pick<EventStore, 'commits'>,
  signed: SignedHead,
  from: Head = emptyHead,
): Promise<HeadCheck> => {
  const { position, hash } = signed
  const answer = (ok: boolean, what: string): HeadCheck => ({ ok, position, what })
  if (!isSigned(signed)) return answer(false, 'the signature does not belong to this head: the file was changed')
  const own = await keyIn(keyFile)
  const { ok, head, divergence } = await verifyChain(
    position === 0 ? noCommits() : store.commits({ after: from.position, upTo: position }),
    from,
  )
  if (!ok) return answer(false, `the log does not hold: ${divergence?.what} (at position ${divergence?.position ?? 'unknown'})`)
  if (head.position < position) return answer(false, `the log was cut off: it ends at ${head.position}, and had reached ${position}`)
  if (head.hash !== hash || head.position !== position)
    return answer(false, `the log was rewritten: at ${position} its hash is another one`)
  const whose = own !== null && publicKeyOf(own) === signed.publicKey ? '' : ' (signed by another key than this ledger has now)'
  return answer(true, `the log still holds what was signed at ${signed.at}, up to position ${position}${whose}`)
}

async function* noCommits(): AsyncGenerator<never> {}

const isSigned = (signed: SignedHead): boolean => {
  try {
    const key = createPublicKey({ key: Buffer.from(signed.publicKey, 'base64'), type: 'spki', format: 'der' })
    return verify(null, messageOf(signed), key, Buffer.from(signed.signature, 'base64'))
  } catch {
    return false
  }
}
