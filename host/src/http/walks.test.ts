import type { Borgledger } from 'borgledger'
import { Hono } from 'hono'
import { pino } from 'pino'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { openStreams } from './open-streams.js'
import type { AppEnv } from './route.js'
import { auditRoutes } from './routes/audit.js'

/** The routes of the audit over a ledger whose verifications end when they are told to. */
const audit = () => {
  const ends: (() => void)[] = []
  const verify = () => new Promise((resolve) => ends.push(() => resolve({ ok: true })))
  const whatIf = async () => ({ ok: true, value: {} })
  const app = new Hono<AppEnv>()
  const ledger = { position: () => 0, verify, whatIf } as unknown as Borgledger
  for (const { method, path, handle } of auditRoutes(ledger, openStreams(pino({ level: 'silent' })))) app.on(method, path, handle)
  const ask = async (path: string) => app.request(path, { method: 'POST', body: '{}' })
  return { ask, ends }
}

test('of walks through the whole history two go on at once, and one more is asked to come again', async () => {
  const { ask, ends } = audit()
  const underWay = [ask('/audit/verify'), ask('/audit/verify')]
  for (const path of ['/audit/verify', '/audit/what-if', '/audit/head']) {
    const refused = await ask(path)
    assert.equal([refused.status, refused.headers.get('Retry-After')], [429, '10'], path)
    assert.match(await refused.text(), 'there may be 2 at once')
  }
  ends[0]?.()
  assert.is((await Promise.race(underWay)).status, 200)
  assert.is((await ask('/audit/what-if')).status, 200)
  ends[1]?.()
  for (const answer of underWay) assert.is((await answer).status, 200)
})

test.run()
