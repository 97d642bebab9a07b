/**
 * A process whose output is kept in memory, within limits of size and time.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import type { Exit } from '@borgledger/domain'
import { patience } from '../patience.js'
import { type Call, handOver } from './wrapper.js'

export interface Captured {
  readonly exit: Exit
  readonly stdout: string
  readonly stderr: string
  /** Why we ended it; null when it ended by itself. */
  readonly endedFor: string | null
}

const outputBytesMax = 64 * 1024 * 1024
const graceMs = 10_000
const closedWords = 'the ledger was closed before borg had ended'

/**
 * `into`: a file that takes stdout instead. Rejects when the process cannot be started. One that writes or takes too much is ended, and any when
 * `closing` is aborted: politely, then not.
 */
export const capture = (
  { argv, env, passphrase }: Call,
  { msMax, into = null, closing }: { readonly msMax: number; readonly into?: number | null; readonly closing?: AbortSignal | undefined },
): Promise<Captured> =>
  new Promise((resolve, reject) => {
    const [file = '', ...words] = argv
    const stdio = ['ignore', into ?? 'pipe', 'pipe', passphrase === null ? 'ignore' : 'pipe'] as const
    const child = spawn(file, words, { cwd: '/', env, detached: true, stdio: [...stdio] })
    if (passphrase !== null) handOver(child, passphrase)
    const end = ender(child)
    const close = (): void => end.because(closedWords)
    closing?.addEventListener('abort', close, { once: true })
    const limit = patience(msMax, () => end.because(`borg did not end within ${msMax / 1000} s`))
    const output = collect(child, () => end.because('borg wrote more than can be kept'))
    child.on('error', (error) => {
      limit.end()
      reject(error)
    })
    child.on('close', (code, signal) => {
      limit.end()
      closing?.removeEventListener('abort', close)
      resolve({ exit: { code, signal }, endedFor: end.done(), stdout: textOf(output.stdout), stderr: textOf(output.stderr) })
    })
  })

const collect = (child: ChildProcess, tooMuch: () => void): { readonly stdout: Buffer[]; readonly stderr: Buffer[] } => {
  const output: { readonly stdout: Buffer[]; readonly stderr: Buffer[] } = { stdout: [], stderr: [] }
  let bytes = 0
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream]?.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > outputBytesMax) tooMuch()
      else output[stream].push(chunk)
    })
  return output
}

const ender = (child: ChildProcess): { readonly because: (why: string) => void; readonly done: () => string | null } => {
  let reason: string | null = null
  let killer: NodeJS.Timeout | undefined
  return {
    because: (why) => {
      if (reason !== null) return
      reason = why
      child.kill('SIGTERM')
      killer = setTimeout(() => child.kill('SIGKILL'), graceMs)
    },
    done: () => {
      clearTimeout(killer)
      return reason
    },
  }
}

const textOf = (chunks: ReadonlyArray<Buffer>): string => Buffer.concat(chunks).toString()
