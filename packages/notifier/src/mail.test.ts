import type { AddressInfo } from 'node:net'
import type { ChannelOf } from '@borgledger/domain'
import { SMTPServer } from 'smtp-server'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { secretsIn, sendTo } from './fixtures/sending.js'

interface Mailbox {
  readonly port: number
  readonly mails: string[]
  /** Every name and password that was offered. */
  readonly logins: string[]
}

type Options = NonNullable<ConstructorParameters<typeof SMTPServer>[0]>

/** A real mail server on the loopback, for the length of `use`. Takes the password `hunter2` only. */
const withServer = async (options: Options, use: (mailbox: Mailbox) => Promise<void>): Promise<void> => {
  const mails: string[] = []
  const logins: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    onAuth: ({ username, password }, _, done) => {
      logins.push(`${username} ${password}`)
      if (password === 'hunter2') done(null, { user: username })
      else done(new Error(`wrong password ${password}`))
    },
    onData: (stream, _, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        mails.push(Buffer.concat(chunks).toString('utf8'))
        done()
      })
    },
    ...options,
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  await use({ port, mails, logins }).finally(() => new Promise<void>((resolve) => void server.close(() => resolve())))
}

const plain: Options = { disabledCommands: ['STARTTLS'] }
const send = (port: number, config: Partial<ChannelOf<'smtp'>['config']> = {}, password = 'hunter2') => {
  const addresses = { host: '127.0.0.1', port, from: 'borg@example.org', to: ['anna@example.org', 'ben@example.org'] }
  const channel = { kind: 'smtp', config: { ...addresses, security: 'none', ...config } } as const
  return sendTo(channel, { resolveSecret: secretsIn({ MAIL: password }), timeoutMs: 5_000 })
}
const login = { user: 'borg', password: { env: 'MAIL' } }

test('a mail arrives with subject, text, and an id that is the same at every attempt', () =>
  withServer(plain, async ({ port, mails }) => {
    assert.is(await send(port), null)
    const [mail = ''] = mails
    for (const line of [
      /^From: borg@example\.org\r$/m,
      /^To: anna@example\.org, ben@example\.org\r$/m,
      /^Message-ID: <job_1\.backup-failure\.phone@borgledger>\r$/m,
      /^X-Borgledger-Delivery: job_1:backup-failure:phone\r$/m,
      /^the disk is full \(no-space\)\r$/m,
    ])
      assert.match(mail, line)
    assert.match(mail, /^Subject: =\?UTF-8\?Q\?=5Bborgledger=5D_Backup_failed=3A_Gr\?=\r\n =\?UTF-8\?Q\?=C3=B6=C3=9Fe\?=\r$/m)
  }))

test('a name and its password are offered where there are any', () =>
  withServer({ ...plain, allowInsecureAuth: true }, async ({ port, mails, logins }) => {
    assert.is(await send(port, login), null)
    assert.equal([mails.length, logins], [1, ['borg hunter2']])
  }))

test('a wrong password is a refusal that is told of without a word of it', () =>
  withServer({ ...plain, allowInsecureAuth: true }, async ({ port, mails }) => {
    const problem = await send(port, login, 'hunter3')
    assert.equal(problem, { message: 'the mail was not taken: EAUTH, SMTP 535', permanent: true })
    assert.is(mails.length, 0)
  }))

test('unless told otherwise nothing goes to a server without TLS, least of all a password', () =>
  withServer({ ...plain, allowInsecureAuth: true }, async ({ port, mails, logins }) => {
    for (const security of ['starttls', 'tls'] as const) {
      const problem = await send(port, { ...login, security })
      assert.match(problem?.message ?? '', /^the mail was not taken: /)
    }
    assert.equal([mails, logins], [[], []])
  }))

test('nor to one whose certificate nobody vouches for', () =>
  withServer({ allowInsecureAuth: true }, async ({ port, mails, logins }) => {
    const problem = await send(port, { ...login, security: 'starttls' })
    assert.match(problem?.message ?? '', /^the mail was not taken: E[A-Z]+$/)
    assert.equal([mails, logins], [[], []])
  }))

test('a recipient that is not there is a refusal, a full server is not', async () => {
  const refusing = (responseCode: number): Options => ({
    ...plain,
    onRcptTo: (_, __, done) => done(Object.assign(new Error('no'), { responseCode })),
  })
  await withServer(refusing(550), async ({ port }) =>
    assert.equal(await send(port), { message: 'the mail was not taken: EENVELOPE, SMTP 550', permanent: true }),
  )
  await withServer(refusing(452), async ({ port }) => assert.is((await send(port))?.permanent, false))
})

test('a server that is not there, or says nothing, is told of', async () => {
  await withServer(plain, async ({ port }) => {
    const problem = await sendTo(
      { kind: 'smtp', config: { host: '127.0.0.1', port, security: 'tls', from: 'a@b', to: ['c@d'] } },
      { timeoutMs: 200 },
    )
    assert.is(problem?.permanent, false)
  })
  assert.equal(await send(9), { message: 'the mail was not taken: ESOCKET', permanent: false })
})

test.run()
