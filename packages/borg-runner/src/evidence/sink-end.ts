/**
 * How the other side of a restore over ssh ended. When it breaks, borg sees a broken pipe at best; what the other side says is worth more.
 */
import { readFile } from 'node:fs/promises'
import type { BorgError, Exit } from '@borgledger/domain'
import type { RunDir } from '../run-dir.js'

interface Told {
  readonly exit: Exit | null
  readonly lastError: BorgError | null
}

/** By which ssh says that it is ssh itself that failed. */
const sshFailed = 255
/** What ssh says when it never got there; whatever else it says, the connection was lost. */
const neverThere =
  /Host key verification failed|strict checking|Permission denied|connect to host|resolve hostname|kex_exchange|onfiguration/
const brokenPipe = /\bBroken ?Pipe|\[Errno 32\]/i

/** As it is when the other side ended well, or borg failed for a reason of its own. */
export const withSinkEnd = async (run: RunDir, told: Told, words: string): Promise<Told> => {
  const code = Number((await readFile(run.sink, 'utf8').catch(() => '0')).trim())
  const brokeAway = brokenPipe.test(told.lastError?.message ?? '')
  if (code === 0 || told.exit === null || (failed(told.exit) && !brokeAway)) return told
  const said = words.trim().split('\n').slice(-3).join(' ').slice(0, 500)
  const message = `the destination: ${said === '' ? `ended with exit code ${code}` : said}`
  return { exit: { code: 2, signal: null }, lastError: { msgid: code === sshFailed ? connectionKey(said) : null, message } }
}

/** As borg names the same faults of a repository's connection. */
const connectionKey = (words: string): string => (neverThere.test(words) ? 'ConnectionClosedWithHint' : 'ConnectionClosed')

const failed = ({ code }: Exit): boolean => code !== null && ((code >= 2 && code < 100) || code > 127)
