/** Verification with word of how far it is. */
import type { Result, Verification } from 'borgledger'
import { CommandFailed } from '../terminal.js'
import { askForText } from './ask.js'
import { readSse } from './read-sse.js'
import type { Transport } from './transport.js'

/** Up to `position` all is well, `of` the events that there were when it began. */
export interface Reached {
  readonly position: number
  readonly of: number
}

/** Rejects with `CommandFailed` when the ledger goes away before its verdict. */
export const verifyWatched = async (send: Transport['send'], onProgress: (reached: Reached) => void): Promise<Result<Verification>> => {
  const text = await askForText(send, '/audit/verify', { method: 'POST', headers: { Accept: 'text/event-stream' } })
  if (!text.ok) return text
  for await (const { event, data } of readSse(text.value)) {
    if (event === 'progress') onProgress(JSON.parse(data))
    if (event === 'verdict') return { ok: true, value: JSON.parse(data) }
  }
  throw new CommandFailed('the ledger went away before it had verified its log')
}
