import { Hono } from 'hono'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { problem } from './problem.js'

const answerTo = async (code: string): Promise<Response> => {
  const app = new Hono()
  app.get('/', (c) => problem(c, { code, message: 'because' }))
  return app.request('/')
}

/** The table of the interface, for the codes that this version can give. */
const table: Readonly<Record<number, ReadonlyArray<string>>> = {
  400: ['malformed-request'],
  401: ['not-authenticated'],
  403: ['not-permitted'],
  404: [
    'job-not-found',
    'repository-not-found',
    'schedule-not-found',
    'script-not-found',
    'notification-target-not-found',
    'token-not-found',
    'route-not-found',
  ],
  409: [
    'repository-busy',
    'limit-reached',
    'job-running',
    'already-finished',
    'interrupting-is-unsafe',
    'process-alive',
    'not-unattended',
    'repository-already-registered',
    'script-in-use',
    'id-taken',
    'schedule-moved',
    'idempotency-key-in-use',
  ],
  410: ['entry-deleted', 'log-removed'],
  413: ['body-too-large'],
  422: ['invalid-body', 'idempotency-key-reused', 'passphrase-wrong'],
  429: ['too-many-requests'],
  503: ['store-busy', 'store-full', 'read-only'],
}

for (const [status, codes] of Object.entries(table)) {
  test(`${codes.join(', ')}: ${status}`, async () => {
    for (const code of codes) assert.is((await answerTo(code)).status, Number(status), code)
  })
}

test('what passes by itself says when to try again', async () => {
  for (const code of [...(table[503] ?? []), ...(table[429] ?? [])])
    assert.match((await answerTo(code)).headers.get('Retry-After') ?? '', /^\d+$/)
  assert.is((await answerTo('repository-busy')).headers.get('Retry-After'), null)
})

test.run()
