/** The time that one attempt has: until its limit, or until the host ends. */
import type { Circumstances } from './way.js'

export interface Limit {
  readonly signal: AbortSignal
  /** What to say of an attempt that was cut short; null for one that was not. */
  readonly said: () => string | null
}

/** Nothing of the limit is left once `act` has settled: no timer, no listener. */
export const within = async <A>(
  { stop, timeoutMs }: Pick<Circumstances, 'stop' | 'timeoutMs'>,
  act: (limit: Limit) => Promise<A>,
): Promise<A> => {
  const controller = new AbortController()
  const abort = (): void => controller.abort()
  const said = (): string | null => {
    if (!controller.signal.aborted) return null
    return stop.aborted ? 'the host ends' : `no answer within ${timeoutMs} ms`
  }
  const timer = setTimeout(abort, timeoutMs)
  stop.addEventListener('abort', abort)
  if (stop.aborted) abort()
  try {
    return await act({ signal: controller.signal, said })
  } finally {
    clearTimeout(timer)
    stop.removeEventListener('abort', abort)
  }
}
