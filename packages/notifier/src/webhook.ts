/**
 * A webhook: the message as JSON, signed when the target has a secret.
 *
 * The receiver computes `signatureOf(secret, timestamp, body)` of the bytes that it got and compares; an old timestamp is a replay. The id of
 * the delivery tells a message that comes again.
 */
import { createHmac } from 'node:crypto'
import type { ChannelOf, NotificationMessage } from '@borgledger/domain'
import * as E from 'fp-ts/lib/Either.js'
import { post } from './http/post.js'
import { secretOrNull, textOf } from './secrets.js'
import type { Circumstances, Sent } from './way.js'

/** `timestamp`: Unix epoch in seconds, as the header has it. */
export const signatureOf = (secret: string, timestamp: string, body: string): string =>
  `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`

export const callWebhook =
  ({ config }: ChannelOf<'webhook'>, message: NotificationMessage, { resolveSecret, timeoutMs, nowMs, stop }: Circumstances): Sent =>
  async () => {
    const url = await textOf(resolveSecret, config.url)()
    if (E.isLeft(url)) return url
    const secret = await secretOrNull(resolveSecret, config.secret)()
    if (E.isLeft(secret)) return secret
    const body = JSON.stringify(message)
    const timestamp = String(Math.floor(nowMs() / 1000))
    const signed = secret.right === null ? {} : { 'X-Borgledger-Signature': signatureOf(secret.right, timestamp, body) }
    const headers = { 'X-Borgledger-Delivery': message.id, 'X-Borgledger-Timestamp': timestamp, ...signed }
    return post({ url: url.right, headers, body, timeoutMs, stop })()
  }
