/** A topic of an ntfy server, in the JSON form of its API: a failure comes with a higher priority. */
import type { ChannelOf, NotificationMessage } from '@borgledger/domain'
import * as E from 'fp-ts/lib/Either.js'
import { post } from './http/post.js'
import { secretOrNull, textOf } from './secrets.js'
import type { Circumstances, Sent } from './way.js'

const publicServer = 'https://ntfy.sh'
/** The server takes 4,096 bytes, and turns what is longer into an attachment. */
const textBytesMax = 3_900

export const publish =
  ({ config }: ChannelOf<'ntfy'>, message: NotificationMessage, { resolveSecret, timeoutMs, stop }: Circumstances): Sent =>
  async () => {
    const topic = await textOf(resolveSecret, config.topic)()
    if (E.isLeft(topic)) return topic
    const token = await secretOrNull(resolveSecret, config.token)()
    if (E.isLeft(token)) return token
    const failed = message.notification.endsWith('failure')
    const shown = { title: message.title, message: cut(message.text), priority: failed ? 4 : 3, tags: [failed ? 'warning' : 'floppy_disk'] }
    const body = JSON.stringify({ topic: topic.right, ...shown })
    const headers: Record<string, string> = token.right === null ? {} : { Authorization: `Bearer ${token.right}` }
    return post({ url: config.server ?? publicServer, headers, body, timeoutMs, stop })()
  }

const cut = (text: string): string =>
  Buffer.byteLength(text) <= textBytesMax
    ? text
    : `${Buffer.from(text)
        .subarray(0, textBytesMax)
        .toString('utf8')
        .replace(/\uFFFD$/, '')}…`
