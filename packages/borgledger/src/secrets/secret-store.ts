/**
 * The secret store: one encrypted file a secret, below `<data>/secrets`, readable by the owner's user alone.
 *
 * AES-256-GCM with a key derived from the content of the key file; the secret's name is authenticated with it, so that files cannot be swapped.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { failure, ok, type Result } from '../result.js'

export interface SecretStore {
  readonly put: (name: string, value: string) => Promise<Result<void>>
  /** Removing what is not there is fine. */
  readonly remove: (name: string) => Promise<Result<void>>
  readonly get: (name: string) => Promise<Result<string>>
}

const nameShape = /^[a-z0-9][a-z0-9._-]{0,63}$/
const nonceBytes = 12
const tagBytes = 16

/** `keyFile` null: the store answers every call with `secret-store-disabled`. */
export const secretStore = (dir: string, keyFile: string | null): SecretStore => {
  const inFile = async <A>(name: string, act: (file: string, key: Buffer) => Promise<Result<A>>): Promise<Result<A>> => {
    if (!nameShape.test(name)) return failure({ code: 'invalid-body', message: `name: expected an id, got ${JSON.stringify(name)}` })
    const key = await readKey(keyFile)
    return key.ok ? act(join(dir, name), key.value) : key
  }
  return {
    put: (name, value) =>
      inFile(name, async (file, key) => {
        await mkdir(dir, { recursive: true, mode: 0o700 })
        await writeFile(`${file}.new`, seal(name, value, key), { mode: 0o600 })
        await rename(`${file}.new`, file)
        return ok(undefined)
      }),
    remove: (name) =>
      inFile(name, async (file) => {
        await rm(file, { force: true })
        return ok(undefined)
      }),
    get: (name) => inFile(name, async (file, key) => open(name, await readFile(file).catch(() => null), key)),
  }
}

const readKey = async (keyFile: string | null): Promise<Result<Buffer>> => {
  if (keyFile === null) {
    return failure({ code: 'secret-store-disabled', message: 'the secret store needs a key: set BORGLEDGER_SECRET_KEY_FILE' })
  }
  const material = await readFile(keyFile).catch(() => null)
  if (material === null || material.length < 16) {
    return failure({ code: 'secret-store-disabled', message: `expected a key of 16 bytes or more in ${keyFile}` })
  }
  return ok(Buffer.from(hkdfSync('sha256', material, '', 'borgledger secret store', 32)))
}

const seal = (name: string, value: string, key: Buffer): Buffer => {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(name))
  const sealed = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
}

const open = (name: string, sealed: Buffer | null, key: Buffer): Result<string> => {
  if (sealed === null) return failure({ code: 'secret-not-found', message: `there is no secret ${name}` })
  try {
    const cipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes)).setAAD(Buffer.from(name))
    cipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes))
    return ok(Buffer.concat([cipher.update(sealed.subarray(nonceBytes + tagBytes)), cipher.final()]).toString('utf8'))
  } catch {
    return failure({ code: 'secret-unreadable', message: `secret ${name} cannot be decrypted: another key, or a damaged file` })
  }
}
