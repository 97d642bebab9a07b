import { existsSync } from 'node:fs'
import { appendFile, readdir, readlink, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Job, Settings } from 'borgledger'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { SseEvents } from '../../fixtures/sse-events.js'
import { type TestHost, testHost } from '../../fixtures/test-host.js'

let host: TestHost
let job: Job
test.before.each(async () => {
  host = await testHost({ behaviour: 'held' })
  await host.withRepository()
  job = await host.backup()
})
test.after.each(() => host.close())

const logFile = () => join(host.folder, 'data', 'logs', `${job.id}.log`)
/** Hears a stream to its end; gives the word with which it ends. */
const restOf = async (live: SseEvents, hear: (text: string) => void = () => undefined): Promise<string | null> => {
  for (let seen = await live.nextMessage(); seen !== null; seen = await live.nextMessage()) {
    if (seen.event === 'end') return seen.data ?? null
    hear(seen.data ?? '')
  }
  return null
}
const keepLogs = (logSavePolicy: Settings['logSavePolicy']) => host.ledger.changeSettings({ logSavePolicy }, { actor: 'user:anna' })
const logPath = () => `/api/v1/jobs/${job.id}/log`
/** The whole log of the job, which is kept. */
const ended = async (): Promise<string> => {
  await keepLogs('all')
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
  const last = await restOf(live, (text) => (told += `${text}\n`))
  assert.is(told, whole)
  assert.is(last, 'complete')
})

test('a reader who comes back goes on behind what was told', async () => {
  const whole = await ended()
  const firstLine = whole.slice(0, whole.indexOf('\n') + 1)
  const back = await host.listen(`${logPath()}/stream`, { 'Last-Event-ID': String(firstLine.length) })
  assert.is(`${(await back.nextMessage())?.data}\n`, whole.slice(firstLine.length))
  assert.is((await back.nextMessage())?.data, 'complete')
  assert.is(await back.nextMessage(), null)
  assert.is((await host.ask('GET', `${logPath()}/stream`, { headers: { 'Last-Event-ID': 'x' } })).status, 400)
})

test('a log that the policy removes is told to its end to whoever follows it', async () => {
  const live = await host.listen(`${logPath()}/stream`)
  let told = (await live.nextMessage())?.data ?? ''
  await host.release()
  await host.logRemoved(job)
  assert.is(await restOf(live, (text) => (told += `\n${text}`)), 'complete')
  assert.match(told, /borg ended with exit code 0$/)
})

test('of a log that the policy removed it is said so, when, and why; its job says it too', async () => {
  await host.release()
  await host.logRemoved(job)
  for (const path of [logPath(), `${logPath()}?tail=1`, `${logPath()}/stream`]) {
    const { status, json } = await host.ask('GET', path)
    assert.equal([status, json.code], [410, 'log-removed'])
    assert.match(json.detail, /was removed at 20\S+Z by policy/)
  }
  const { log } = (await host.ask('GET', `/api/v1/jobs/${job.id}`)).json
  assert.equal([log.state, log.bytes > 0, log.removed.reason], ['removed', true, 'policy'])
})

test('a log that is taken away while it is followed ends with that word, and the job goes on and says so', async () => {
  const live = await host.listen(`${logPath()}/stream`)
  await live.nextMessage()
  await rename(logFile(), `${logFile()}.taken`)
  assert.is(await restOf(live), 'log-removed')
  await host.release()
  const end = await host.finished(job)
  assert.equal([end.state, end.warnings.map(({ code }) => code)], ['completed', ['log-not-written']])
})

test('deleting the entry ends those who follow its log with that word', async () => {
  const live = await host.listen(`${logPath()}/stream`)
  await live.nextMessage()
  await keepLogs('all')
  await host.release()
  await host.finished(job)
  await host.ask('DELETE', `/api/v1/jobs/${job.id}`)
  assert.ok(['complete', 'entry-deleted'].includes((await restOf(live)) ?? ''), 'told to its end before, or not')
  assert.is((await host.ask('GET', logPath())).json.code, 'entry-deleted')
})

test('whoever reads a log while its entry is deleted reads it to its end', async () => {
  await ended()
  const lines = 'a line of the log\n'.repeat(200_000)
  await appendFile(logFile(), lines)
  const reader = (await host.respond('GET', logPath())).body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = (await reader?.read())?.value ?? ''
  assert.is((await host.ask('DELETE', `/api/v1/jobs/${job.id}`)).status, 204)
  await host.logRemoved(job)
  assert.not(existsSync(logFile()))
  for (let next = await reader?.read(); next?.done === false; next = await reader?.read()) text += next.value
  assert.ok(text.endsWith(lines))
})

test('a log that somebody took away says so', async () => {
  await ended()
  await rm(logFile())
  const { status, json } = await host.ask('GET', logPath())
  assert.equal([status, json.code], [410, 'log-removed'])
})

test('a request for the head alone keeps no log open', async () => {
  await ended()
  const { status, text } = await host.ask('HEAD', logPath())
  assert.equal([status, text], [200, ''])
  const open = await Promise.all((await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')))
  assert.not(open.includes(logFile()))
})

test('a job that waits has an empty log', async () => {
  const waiting = await host.backup()
  const { status, text } = await host.ask('GET', `/api/v1/jobs/${waiting.id}/log`)
  assert.equal([waiting.state, status, text], ['pending', 200, ''])
})

test.run()
