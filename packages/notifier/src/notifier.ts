/**
 * The notifier port over the network. Every attempt is bounded in time; what goes wrong is said in words of our own, so that no secret can be in
 * them.
 */
import type { Channel, NotificationMessage } from '@borgledger/domain'
import type { Notifier } from '@borgledger/engine'
import { runApprise } from './apprise.js'
import { sendMail } from './mail.js'
import { publish } from './ntfy.js'
import type { ResolveSecret } from './secrets.js'
import type { Circumstances, Sent } from './way.js'
import { callWebhook } from './webhook.js'

export interface NotifierOptions {
  readonly resolveSecret: ResolveSecret
  /** How long one attempt may take; default 10,000. Apprise, which may speak to many, gets three times as long. */
  readonly timeoutMs?: number
  /** Default: `apprise` on the path. */
  readonly apprise?: string
  /** Unix epoch; default the machine's clock. */
  readonly nowMs?: () => number
}

export const notifier = ({ resolveSecret, timeoutMs = 10_000, apprise = 'apprise', nowMs = Date.now }: NotifierOptions): Notifier => ({
  send: (channel, message, stop) => sendBy(channel, message, { resolveSecret, timeoutMs, apprise, nowMs, stop }),
})

const sendBy = (channel: Channel, message: NotificationMessage, circumstances: Circumstances): Sent => {
  switch (channel.kind) {
    case 'webhook':
      return callWebhook(channel, message, circumstances)
    case 'smtp':
      return sendMail(channel, message, circumstances)
    case 'ntfy':
      return publish(channel, message, circumstances)
    case 'apprise':
      return runApprise(channel, message, { ...circumstances, timeoutMs: circumstances.timeoutMs * 3 })
  }
}
