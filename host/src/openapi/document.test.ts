import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { conforming, type Description } from '../fixtures/conforming.js'
import { type TestHost, testHost } from '../fixtures/test-host.js'
import { openApiDocument } from './document.js'
import { operations } from './operations.js'
import { templateOf } from './parameters.js'

let host: TestHost
let description: Description
test.before(async () => {
  host = await testHost()
  description = (await host.ask('GET', '/api/v1/openapi.json', { token: null })).json
})
test.after(() => host.close())

const described = (): ReadonlyArray<string> =>
  Object.entries(description.paths).flatMap(([path, item]) => Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`))

test('every route is described, and nothing that is no route', () => {
  const atTheRoot = ['GET /healthz', 'GET /readyz', 'GET /metrics', 'GET /api/v1/openapi.json']
  const below = Object.keys(operations).map((operation) => operation.replace(/ (.*)/, (_, path: string) => ` /api/v1${templateOf(path)}`))
  assert.equal([...described()].sort(), [...atTheRoot, ...below].sort())
  const handle = () => new Response()
  assert.throws(() => openApiDocument([{ method: 'GET', path: '/strange', role: 'viewer', handle }]), 'no operation describes GET /strange')
})

test('every reference in it leads to a schema of it', () => {
  const { schemas } = (description as unknown as { readonly components: { readonly schemas: object } }).components
  const references = [...JSON.stringify(description).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name ?? '')
  assert.ok(references.length > 20)
  assert.equal(
    references.filter((name) => !(name in schemas)),
    [],
  )
})

test('parameters say what they take', () => {
  const parameters = description.paths['/api/v1/jobs']?.['get']?.parameters ?? []
  const limit = {
    name: 'limit',
    in: 'query',
    description: 'a whole number from 1 to 200',
    schema: { type: 'integer', minimum: 1, maximum: 200 },
  }
  assert.equal(
    parameters.find(({ name }) => name === 'limit'),
    limit,
  )
})

const answer = (status: number, body: unknown, type = 'application/json'): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': type } })

const isRefused = async (method: string, path: string, response: Response): Promise<boolean> =>
  conforming(description)(method, path, response).then(
    () => false,
    () => true,
  )

test('the tests see an answer that is not as described', async () => {
  const health = { ok: true, problems: [] }
  assert.not(await isRefused('GET', '/healthz', answer(200, health)))
  for (const wrong of [{ ...health, secret: 1 }, { ok: true }, { ...health, ok: 'yes' }, []])
    assert.ok(await isRefused('GET', '/healthz', answer(200, wrong)), JSON.stringify(wrong))
  assert.ok(await isRefused('GET', '/healthz', answer(201, health)), 'another status')
  assert.ok(await isRefused('GET', '/healthz', answer(200, health, 'text/html')), 'another type')
  assert.ok(await isRefused('GET', '/api/v1/strange', answer(200, health)), 'another path')
  assert.ok(await isRefused('GET', '/api/v1/jobs', answer(404, { code: 'job-not-found' }, 'application/problem+json')), 'half a problem')
})

test.run()
