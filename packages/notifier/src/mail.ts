/**
 * A mail over SMTP, in plain text. Its id is made of the delivery's, so that a mail that comes again is known as the same.
 */
import type { ChannelOf, NotificationMessage } from '@borgledger/domain'
import * as E from 'fp-ts/lib/Either.js'
import { createTransport } from 'nodemailer'
import { within } from './limit.js'
import { secretOrNull } from './secrets.js'
import { type Circumstances, mayPass, type Sent, stays } from './way.js'

type Config = ChannelOf<'smtp'>['config']

const ports = { tls: 465, starttls: 587, none: 25 }

export const sendMail =
  ({ config }: ChannelOf<'smtp'>, message: NotificationMessage, { resolveSecret, timeoutMs, stop }: Circumstances): Sent =>
  async () => {
    const password = await secretOrNull(resolveSecret, config.password)()
    if (E.isLeft(password)) return password
    const transport = createTransport(optionsOf(config, password.right, timeoutMs))
    return within({ stop, timeoutMs }, async ({ signal, said }) => {
      try {
        await Promise.race([transport.sendMail(mailOf(config, message)), whenAborted(signal)])
        return E.right(undefined)
      } catch (cause) {
        const cut = said()
        return E.left(cut === null ? problemOf(cause) : mayPass(cut))
      } finally {
        transport.close()
      }
    })
  }

/** Without `security`: a mail server is greeted plainly, and everything after that goes through TLS or not at all. */
const optionsOf = ({ host, port, security = 'starttls', user }: Config, password: string | null, timeoutMs: number) => ({
  host,
  port: port ?? ports[security],
  secure: security === 'tls',
  requireTLS: security === 'starttls',
  ignoreTLS: security === 'none',
  connectionTimeout: timeoutMs,
  greetingTimeout: timeoutMs,
  socketTimeout: timeoutMs,
  ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
})

const mailOf = ({ from, to }: Config, { id, title, text }: NotificationMessage) => ({
  from,
  to: [...to],
  subject: `[borgledger] ${title}`,
  text: `${text}\n`,
  messageId: `<${id.replace(/[^a-zA-Z0-9._-]/g, '.')}@borgledger>`,
  headers: { 'X-Borgledger-Delivery': id, 'Auto-Submitted': 'auto-generated' },
  // What stands in a message is text: nodemailer is to fetch nothing for it, from the disk or from the net.
  disableFileAccess: true,
  disableUrlAccess: true,
})

/** The signal is of this attempt alone, and its listener goes with it. */
const whenAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const aborted = (): void => reject(new Error('aborted'))
    if (signal.aborted) aborted()
    else signal.addEventListener('abort', aborted, { once: true })
  })

/** A server's own words may repeat what it was sent: its code says enough. */
const problemOf = (cause: unknown) => {
  const { code, responseCode } = cause as { readonly code?: unknown; readonly responseCode?: unknown }
  const what = `the mail was not taken: ${typeof code === 'string' ? code : 'unknown'}`
  if (typeof responseCode !== 'number') return mayPass(what)
  return responseCode >= 500 ? stays(`${what}, SMTP ${responseCode}`) : mayPass(`${what}, SMTP ${responseCode}`)
}
