/** From a reference to the secret itself, at the moment of use. No message ever holds a secret. */
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { SecretRef } from '@borgledger/domain'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { SecretStore } from './secret-store.js'

const commandMsMax = 30_000
const run = promisify(execFile)

/** Left: why it cannot be had. A value that ends in a line break is taken without it. */
export const resolveSecret =
  (store: SecretStore, env: NodeJS.ProcessEnv) =>
  (ref: SecretRef): TaskEither<{ readonly message: string }, string> =>
  async () => {
    try {
      const value = (await read(ref, store, env)).replace(/\r?\n$/, '')
      return value === '' ? E.left({ message: `the secret from ${nameOf(ref)} is empty` }) : E.right(value)
    } catch (cause) {
      return E.left({ message: `the secret from ${nameOf(ref)} cannot be had: ${reasonOf(cause)}` })
    }
  }

const read = async (ref: SecretRef, store: SecretStore, env: NodeJS.ProcessEnv): Promise<string> => {
  if ('env' in ref) return env[ref.env] ?? fail('the variable is not set')
  if ('file' in ref) return readFile(ref.file, 'utf8')
  if ('secret' in ref) {
    const found = await store.get(ref.secret)
    return found.ok ? found.value : fail(found.error.message)
  }
  const [file = '', ...args] = ref.command
  return (await run(file, args, { timeout: commandMsMax, encoding: 'utf8' })).stdout
}

const fail = (message: string): never => {
  throw new Error(message)
}

const nameOf = (ref: SecretRef): string => {
  if ('env' in ref) return `the environment variable ${ref.env}`
  if ('file' in ref) return `the file ${ref.file}`
  return 'secret' in ref ? `the secret ${ref.secret}` : `the command ${ref.command[0] ?? ''}`
}

/** A failing command's message repeats its output and arguments: its exit code says enough. */
const reasonOf = (cause: unknown): string => {
  const { code, message } = cause as { readonly code?: unknown; readonly message?: string }
  return typeof code === 'number' ? `it ended with exit code ${code}` : typeof code === 'string' ? code : (message ?? 'unknown')
}
