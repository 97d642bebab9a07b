/**
 * Server-sent events from an async iterable. The iterable is asked for the next message when the client took the last one, so that nothing
 * piles up; a client that takes nothing is cut off; every stream ends at shutdown, and when the token that opened it opens nothing any more.
 */
import { type SSEStreamingApi, streamSSE } from 'hono/streaming'
import type { OpenStream, OpenStreams } from './open-streams.js'
import type { AppContext } from './route.js'

export interface Message {
  readonly event: string
  readonly data: string
  readonly id?: string
}

/** `messages` must end when its signal is aborted. */
export const sse = (c: AppContext, streams: OpenStreams, messages: (signal: AbortSignal) => AsyncIterable<Message>): Response => {
  if (c.req.method === 'HEAD') return c.body(null, 200, { 'Content-Type': 'text/event-stream' })
  return streamSSE(c, async (stream) => {
    const leaving = new AbortController()
    const leave = (): void => leaving.abort()
    stream.onAbort(leave)
    const isWelcome = c.var.isKnown
    const remove = streams.add({ isWelcome, leave })
    streams.ending.addEventListener('abort', leave)
    if (stream.aborted || streams.ending.aborted) leave()
    try {
      await pump(stream, messages(leaving.signal), {
        ...streams,
        isWelcome,
        leave,
        leaving: leaving.signal,
        cutOff: () => cutOff(c, leave),
      })
    } catch (cause) {
      streams.log.error({ err: cause, path: c.req.path }, 'a stream broke off')
    } finally {
      remove()
      streams.ending.removeEventListener('abort', leave)
    }
  })
}

const cutOff = (c: AppContext, leave: () => void): void => {
  leave()
  c.env?.outgoing?.destroy()
}

interface Pumped extends Pick<OpenStreams, 'heartbeatMs' | 'stallMsMax'>, OpenStream {
  readonly leaving: AbortSignal
  readonly cutOff: () => void
}

const pump = async (stream: SSEStreamingApi, messages: AsyncIterable<Message>, pumped: Pumped): Promise<void> => {
  const { leaving, heartbeatMs, isWelcome, leave } = pumped
  let writing = false
  const write = async (act: () => Promise<unknown>): Promise<void> => {
    writing = true
    await withinStall(act(), pumped)
    writing = false
  }
  const beat = (): void => {
    if (!isWelcome()) leave()
    else if (!writing) void stream.write(': still here\n\n')
  }
  const heartbeat = setInterval(beat, heartbeatMs)
  try {
    await write(() => stream.write(': open\n\n'))
    for await (const message of messages) {
      if (leaving.aborted || !isWelcome()) return
      await write(() => stream.writeSSE(message))
    }
  } finally {
    clearInterval(heartbeat)
  }
}

/** Waits for a write to be taken, `stallMsMax` at most, or until the stream is left. */
const withinStall = async (written: Promise<unknown>, { leaving, stallMsMax, cutOff }: Pumped): Promise<void> => {
  let stop = (): void => undefined
  const left = new Promise<void>((resolve) => (stop = resolve))
  const timer = setTimeout(cutOff, stallMsMax)
  leaving.addEventListener('abort', stop)
  if (leaving.aborted) stop()
  await Promise.race([written, left])
  clearTimeout(timer)
  leaving.removeEventListener('abort', stop)
}
