/** Carries notifications to webhooks, mailboxes, ntfy topics and whatever Apprise reaches. */
export { type NotifierOptions, notifier } from './notifier.js'
export type { ResolveSecret } from './secrets.js'
export { signatureOf } from './webhook.js'
