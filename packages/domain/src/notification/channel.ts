/**
 * The ways to a target, each with what it needs. Closed objects; whatever is secret in them is a reference, never the secret.
 */
import * as t from 'io-ts'
import { closed, oneOf, Port, someOf, Text } from '../codec/index.js'
import { SecretRef } from '../repository/events.js'

/** Names no user: a password in an address would be a secret in the log. */
export const HttpUrl = new t.Type<string>(
  'an http or https address without a user',
  (input): input is string => typeof input === 'string' && isHttpUrl(input),
  (input, context) => (typeof input === 'string' && isHttpUrl(input) ? t.success(input) : t.failure(input, context)),
  t.identity,
)

const isHttpUrl = (text: string): boolean => {
  if (text.length > 4096 || !URL.canParse(text)) return false
  const { protocol, username, password } = new URL(text)
  return (protocol === 'http:' || protocol === 'https:') && username === '' && password === ''
}

/** `secret` signs what is sent. The address of some receivers is a secret itself, and so may be a reference. */
const Webhook = closed(
  'a webhook',
  { url: oneOf('an http or https address without a user, or a reference to it', [HttpUrl, SecretRef]) },
  { secret: SecretRef },
)

/** `security`: TLS from the start, TLS after a plain greeting (refused where the server has none), or none. */
const Smtp = closed(
  'a mail server with sender and recipients',
  { host: Text, from: Text, to: someOf(Text, 'a list of one or more recipients') },
  { port: Port, security: t.keyof({ tls: null, starttls: null, none: null }), user: Text, password: SecretRef },
)

/** `server` left out: ntfy.sh. */
const Ntfy = closed(
  'a topic of an ntfy server',
  { topic: oneOf('a topic, or a reference to it', [Text, SecretRef]) },
  { server: HttpUrl, token: SecretRef },
)

/** The addresses hold passwords of all kinds, so they are a secret as a whole: one a line. */
const Apprise = closed('addresses for apprise', { urls: SecretRef }, {})

const kind = <K extends string, C extends t.Mixed>(name: K, config: C) => t.readonly(t.type({ kind: t.literal(name), config }))

export const Channel = oneOf('a kind of target with its configuration', [
  kind('webhook', Webhook),
  kind('smtp', Smtp),
  kind('ntfy', Ntfy),
  kind('apprise', Apprise),
])
export type Channel = t.TypeOf<typeof Channel>
export type ChannelKind = Channel['kind']
export type ChannelOf<K extends ChannelKind> = Extract<Channel, { readonly kind: K }>
