/**
 * Verification over HTTP: one verdict or, for who accepts `text/event-stream`, word of how far it is until then, at most four times a second.
 */
import type { Borgledger } from 'borgledger'
import { Subject } from 'rxjs'
import type { OpenStreams } from '../open-streams.js'
import type { AppContext } from '../route.js'
import { type Message, sse } from '../sse.js'
import { doorbell } from './doorbell.js'

const pauseMs = 250

export const verify = async (c: AppContext, ledger: Pick<Borgledger, 'position' | 'verify'>, streams: OpenStreams): Promise<Response> => {
  const isWatched = c.req.header('Accept')?.includes('text/event-stream') === true
  return isWatched ? sse(c, streams, (leaving) => verifyMessages(ledger, leaving)) : c.json(await ledger.verify())
}

/** `progress` with `{ position, of }`, at once and as it goes on, then `verdict`. Whoever leaves early does not stop it; it is only not told any more. */
export async function* verifyMessages(ledger: Pick<Borgledger, 'position' | 'verify'>, leaving: AbortSignal): AsyncGenerator<Message> {
  const heard = new Subject<void>()
  const bell = doorbell(heard, leaving)
  const of = ledger.position()
  let [position, toldMs] = [0, performance.now()]
  const verdict = ledger
    .verify((reached) => {
      position = reached
      heard.next()
    })
    .finally(() => heard.complete())
  // Nobody waits for it when the client has left.
  verdict.catch(() => undefined)
  try {
    yield { event: 'progress', data: JSON.stringify({ position, of }) }
    for (await bell.rung(); !bell.over(); await bell.rung()) {
      if (performance.now() - toldMs < pauseMs) continue
      toldMs = performance.now()
      yield { event: 'progress', data: JSON.stringify({ position, of }) }
    }
    if (!leaving.aborted) yield { event: 'verdict', data: JSON.stringify(await verdict) }
  } finally {
    bell.remove()
  }
}
