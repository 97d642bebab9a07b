/**
 * One POST, bounded in time, that follows no redirect and reads no answer but its status: what a server writes could repeat what it was sent.
 */
import { HttpUrl } from '@borgledger/domain'
import * as E from 'fp-ts/lib/Either.js'
import { within } from '../limit.js'
import { type Circumstances, mayPass, type Sent, stays } from '../way.js'

export interface Post extends Pick<Circumstances, 'timeoutMs' | 'stop'> {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Right: 2xx. No message holds the address, which may be a secret. */
export const post =
  ({ url, headers, body, ...time }: Post): Sent =>
  () =>
    within(time, async ({ signal, said }) => {
      if (!HttpUrl.is(url)) return E.left(stays('the address is no http or https address without a user'))
      const asked = { 'Content-Type': 'application/json', 'User-Agent': 'borgledger', ...headers }
      try {
        const answer = await fetch(url, { method: 'POST', headers: asked, body, signal, redirect: 'manual' })
        await answer.body?.cancel()
        return answer.ok ? E.right(undefined) : E.left(refusedWith(answer.status))
      } catch (cause) {
        return E.left(mayPass(said() ?? sayFailure(cause)))
      }
    })

/** Too early, too often, too slow: of all that a client is blamed for, these pass by themselves. */
const passing = new Set([408, 425, 429])

const refusedWith = (status: number) => {
  if (status >= 300 && status < 400) return stays(`HTTP ${status}: a redirect is not followed`)
  return status >= 400 && status < 500 && !passing.has(status) ? stays(`HTTP ${status}`) : mayPass(`HTTP ${status}`)
}

const sayFailure = (cause: unknown): string => {
  const { code } = ((cause as { readonly cause?: unknown }).cause ?? {}) as { readonly code?: unknown }
  return `no connection: ${typeof code === 'string' ? code : 'it broke off'}`
}
