import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type TestHost, testHost } from '../fixtures/test-host.js'
import { bodyBytesMax } from './body.js'

let host: TestHost
test.before(async () => {
  host = await testHost()
})
test.after(() => host.close())

const jobs = '/api/v1/jobs'

test('health is told to anybody', async () => {
  for (const path of ['/healthz', '/readyz']) {
    const { status, json } = await host.ask('GET', path, { token: null })
    assert.equal([status, json], [200, { ok: true, problems: [] }])
  }
})

test('without a token that is known there is no answer, not even whether there is a route', async () => {
  for (const [path, token] of [
    [jobs, null],
    [jobs, 'wrong'],
    ['/api/v1/nowhere', null],
  ] as const) {
    const { status, json, headers } = await host.ask('GET', path, { token })
    assert.equal([status, json.code, headers.get('WWW-Authenticate')], [401, 'not-authenticated', 'Bearer'])
  }
})

test('an error is a problem document with everything that one needs', async () => {
  const { json, headers } = await host.ask('GET', '/api/v1/nowhere')
  assert.is(headers.get('Content-Type'), 'application/problem+json')
  assert.equal(json, {
    type: 'urn:borgledger:problem:route-not-found',
    title: 'Route not found',
    status: 404,
    detail: 'there is nothing at GET /api/v1/nowhere',
    code: 'route-not-found',
  })
})

test('a method that a route does not know is refused with those that it knows', async () => {
  const { status, json, headers } = await host.ask('PUT', jobs)
  assert.equal([status, json.code, headers.get('Allow')], [405, 'method-not-allowed', 'POST, GET, HEAD'])
})

test('HEAD is GET without the body, for streams too', async () => {
  for (const path of [jobs, '/api/v1/events/stream']) {
    const { status, text } = await host.ask('HEAD', path)
    assert.equal([status, text], [200, ''])
  }
})

test('a viewer reads, and does no more', async () => {
  const token = 'viewer-token'
  assert.is((await host.ask('GET', jobs, { token })).status, 200)
  for (const [method, path] of [
    ['POST', jobs],
    ['DELETE', `${jobs}/job_1`],
    ['PATCH', '/api/v1/settings'],
    ['PUT', '/api/v1/secrets/a'],
  ] as const) {
    const { status, json } = await host.ask(method, path, { token, body: {} })
    assert.equal([status, json.code], [403, 'not-permitted'], `${method} ${path}`)
  }
})

test('a query parameter that is unknown or wrong is named', async () => {
  const wrong = ['at=3', 'limit=0', 'limit=201', 'limit=2&limit=3', 'state=done', 'type=nap', 'from=yesterday', 'cursor=none', 'cursor=']
  for (const query of wrong) {
    const { status, json } = await host.ask('GET', `${jobs}?${query}`)
    assert.equal([status, json.code], [400, 'malformed-request'], query)
    assert.match(json.detail, query.split('=')[0] ?? '')
  }
  assert.is((await host.ask('GET', '/api/v1/settings?pretty')).json.code, 'malformed-request')
})

test('a body that is no JSON is malformed, and one that is no object is invalid', async () => {
  for (const body of ['', '{', 'nonsense', `{"type":`]) assert.is((await host.ask('POST', jobs, { body })).status, 400, body)
  for (const body of ['null', '[]', '"text"', '7']) {
    const { status, json } = await host.ask('POST', jobs, { body })
    assert.equal([status, json.code, json.errors.length], [422, 'invalid-body', 1], body)
  }
})

test('a body of brackets a megabyte deep is refused, not fatal', async () => {
  const deep = '['.repeat(400_000) + ']'.repeat(400_000)
  assert.is((await host.ask('POST', jobs, { body: deep })).json.code, 'malformed-request')
  assert.is((await host.ask('POST', jobs, { body: `{"type":"backup","sources":${deep}}` })).json.code, 'malformed-request')
})

test('each wrong field of a body is named', async () => {
  const { status, json } = await host.ask('POST', jobs, {
    body: { type: 'backup', repositoryId: 'r', sources: ['relative', '/ok'], extra: 1 },
  })
  assert.is(status, 422)
  assert.equal(json.errors.map(({ path }: { path: string }) => path).sort(), ['extra', 'sources.0'])
})

test('a body of exactly the limit is read, and one byte more is too large', async () => {
  const padded = (bytes: number): string => `{"x":"${'a'.repeat(bytes - 8)}"}`
  assert.is((await host.ask('POST', jobs, { body: padded(bodyBytesMax) })).status, 422)
  const { status, json } = await host.ask('POST', jobs, { body: padded(bodyBytesMax + 1) })
  assert.equal([status, json.code], [413, 'body-too-large'])
})

test('what nobody foresaw is answered without its insides', async () => {
  const broken = await testHost()
  const app = broken.app
  app.get('/broken', () => {
    throw new Error('the secret insides')
  })
  const response = await app.request('/broken')
  const text = await response.text()
  assert.is(response.status, 500)
  assert.is(JSON.parse(text).code, 'internal-error')
  assert.not.match(text, /insides/)
  await broken.close()
})

test.run()
