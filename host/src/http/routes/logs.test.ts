import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Job } from 'borgledger'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type TestHost, testHost } from '../../fixtures/test-host.js'

let host: TestHost
let job: Job
test.before.each(async () => {
  host = await testHost({ behaviour: 'held' })
  await host.withRepository()
  job = await host.backup()
})
test.after.each(() => host.close())

const logPath = () => `/api/v1/jobs/${job.id}/log`
const ended = async (): Promise<string> => {
  await host.release()
  await host.finished(job)
  return (await host.ask('GET', logPath())).text
}

test('a log is text, whole, in part and from its end', async () => {
  const whole = await ended()
  assert.match(whole, /borg ended with exit code 0\n$/)
  const part = await host.ask('GET', logPath(), { headers: { Range: 'bytes=5-14' } })
  assert.equal([part.status, part.text, part.headers.get('Content-Range')], [206, whole.slice(5, 15), `bytes 5-14/${whole.length}`])
  assert.match(part.headers.get('Content-Type') ?? '', 'text/plain')
  const tail = await host.ask('GET', `${logPath()}?tail=1`)
  assert.is(tail.text, whole.slice(whole.trimEnd().lastIndexOf('\n') + 1))
})

test('a range behind the end is not satisfiable', async () => {
  const whole = await ended()
  const { status, json, headers } = await host.ask('GET', logPath(), { headers: { Range: `bytes=${whole.length}-` } })
  assert.equal([status, json.code, headers.get('Content-Range')], [416, 'range-not-satisfiable', `bytes */${whole.length}`])
})

test('a log is followed while it grows, and told in full', async () => {
  const live = await host.listen(`${logPath()}/stream`)
  const first = await live.nextMessage()
  assert.is(first?.event, 'log')
  const whole = await ended()
  let told = `${first?.data}\n`
  for (let seen = await live.nextMessage(); seen !== null; seen = await live.nextMessage()) told += `${seen.data}\n`
  assert.is(told, whole)
})

test('a reader who comes back goes on behind what was told', async () => {
  const whole = await ended()
  const firstLine = whole.slice(0, whole.indexOf('\n') + 1)
  const back = await host.listen(`${logPath()}/stream`, { 'Last-Event-ID': String(firstLine.length) })
  assert.is(`${(await back.nextMessage())?.data}\n`, whole.slice(firstLine.length))
  assert.is(await back.nextMessage(), null)
  assert.is((await host.ask('GET', `${logPath()}/stream`, { headers: { 'Last-Event-ID': 'x' } })).status, 400)
})

test('deleting the entry ends the readers of its log cleanly', async () => {
  const live = await host.listen(`${logPath()}/stream`)
  await live.nextMessage()
  await host.release()
  await host.finished(job)
  await host.ask('DELETE', `/api/v1/jobs/${job.id}`)
  for (let seen = await live.nextMessage(); seen !== null; seen = await live.nextMessage()) assert.is(seen.event, 'log')
})

test('a log that is gone says so', async () => {
  await ended()
  await rm(join(host.folder, 'data', 'logs', `${job.id}.log`))
  const { status, json } = await host.ask('GET', logPath())
  assert.equal([status, json.code], [410, 'log-removed'])
})

test('a job that waits has an empty log', async () => {
  const waiting = await host.backup()
  const { status, text } = await host.ask('GET', `/api/v1/jobs/${waiting.id}/log`)
  assert.equal([waiting.state, status, text], ['pending', 200, ''])
})

test.run()
