import { readFile, stat } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { layoutOf, ownerOf } from 'borgledger'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type BorgPlace, borgPlace } from '../fixtures/borg-place.js'
import { runProgram, type ServingProgram, startServing } from '../fixtures/program.js'
import { sseEvents } from '../fixtures/sse-events.js'

let place: BorgPlace
test.before.each(async () => {
  place = await borgPlace()
})
test.after.each(() => place.remove())

const authorization = async () => ({ Authorization: `Bearer ${(await readFile(join(place.dataDir, 'admin-token'), 'utf8')).trim()}` })

const post = async (host: ServingProgram, path: string, body: unknown): Promise<Response> =>
  fetch(`${host.url}/api/v1${path}`, { method: 'POST', headers: await authorization(), body: JSON.stringify(body) })

const startBackup = async (host: ServingProgram): Promise<string> => {
  await post(host, '/repositories', { id: 'r', name: 'R', location: join(place.folder, 'repository'), create: { encryption: 'none' } })
  const { id } = (await (await post(host, '/jobs', { type: 'backup', repositoryId: 'r', sources: [place.folder] })).json()) as {
    id: string
  }
  return id
}

test('it says where it listens, makes its token for its user alone, and ends at a signal although streams are open', async () => {
  const host = await startServing(place.env)
  assert.is((await fetch(`${host.url}/readyz`)).status, 200)
  assert.is((await stat(join(place.dataDir, 'admin-token'))).mode & 0o777, 0o600)
  const stream = sseEvents(await fetch(`${host.url}/api/v1/events/stream`, { headers: await authorization() }))
  await stream.next()
  host.signal('SIGTERM')
  assert.is(await stream.nextMessage(), null)
  assert.is((await host.ended).status, 0)
  assert.is(await ownerOf(layoutOf(place.dataDir)), null)
})

test('one that comes second is told who is there, and a port that is taken is said', async () => {
  const host = await startServing(place.env)
  const second = await runProgram(['serve'], { ...place.env, BORGLEDGER_LISTEN: '127.0.0.1:0' })
  assert.is(second.status, 1)
  assert.match(second.stderr, `owned by process ${host.pid} `)
  const elsewhere = { BORGLEDGER_DATA_DIR: join(place.folder, 'other'), BORGLEDGER_LISTEN: new URL(host.url).host }
  const third = await runProgram(['serve'], elsewhere)
  assert.is(third.status, 1)
  assert.match(third.stderr, 'EADDRINUSE')
  host.signal('SIGINT')
  assert.is((await host.ended).status, 0)
})

test('a running job is waited for; a second signal leaves it to the next start', async () => {
  const host = await startServing(place.env)
  const id = await startBackup(host)
  host.signal('SIGTERM')
  await host.says(/another signal ends it now/)
  host.signal('SIGTERM')
  assert.is((await host.ended).status, 1)
  const next = await startServing(place.env)
  const stream = sseEvents(await fetch(`${next.url}/api/v1/jobs/${id}/stream`, { headers: await authorization() }))
  let last = ''
  for (let seen = await stream.nextMessage(); seen !== null; seen = await stream.nextMessage()) last = seen.data ?? ''
  assert.is(JSON.parse(last).error.code, 'interrupted-by-restart')
  next.signal('SIGTERM')
  assert.is((await next.ended).status, 0)
})

test('a running job that ends lets the program end', async () => {
  const host = await startServing(place.env)
  await startBackup(host)
  host.signal('SIGTERM')
  await host.says(/another signal ends it now/)
  await place.release()
  assert.is((await host.ended).status, 0)
})

/** Sends a body by hand, so that it can come in chunks and be larger than the other side wants. */
const send = (url: string, headers: Record<string, string>, body: Buffer): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (piece: string) => (text += piece))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
    })
    sent.on('error', reject)
    for (let at = 0; at < body.length; at += 64 * 1024) sent.write(body.subarray(at, at + 64 * 1024))
    sent.end()
  })

test('a body of two megabytes is refused in words, whether its length is said or not, and the connection stays of use', async () => {
  const host = await startServing(place.env)
  const body = Buffer.alloc(2_000_000, 'a')
  for (const length of [{ 'Content-Length': String(body.length) }, { 'Transfer-Encoding': 'chunked' }]) {
    const { status, text } = await send(`${host.url}/api/v1/jobs`, { ...(await authorization()), ...length }, body)
    assert.equal([status, JSON.parse(text).code], [413, 'body-too-large'])
  }
  assert.is((await fetch(`${host.url}/healthz`)).status, 200)
  host.signal('SIGTERM')
  await host.ended
})

test('settings that are wrong are all named, and nothing is started', async () => {
  const { status, stderr } = await runProgram(['serve'], { ...place.env, BORGLEDGER_STORE: 'oracle', BORGLEDGER_NOPE: 'hunter2' })
  assert.is(status, 2)
  assert.match(stderr, /BORGLEDGER_NOPE/)
  assert.match(stderr, /BORGLEDGER_STORE/)
  assert.not.match(stderr, /hunter2/)
})

test.run()
