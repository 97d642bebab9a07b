/**
 * The canary: a passphrase that is known to us goes through a real encrypted backup, and as a secret of notification targets it signs and is
 * offered; then it is looked for everywhere it must not be.
 */
import { createHmac, randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type HttpTarget, httpTarget } from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { runProgram, type ServingProgram, startServing } from './fixtures/program.js'
import { sseEvents } from './fixtures/sse-events.js'

const canary = `canary-${randomBytes(12).toString('hex')}`
const token = 'canary-test-token'
let folder: string
let host: ServingProgram
let hook: HttpTarget
const answers: string[] = []

test.before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'borgledger-canary-'))
  await mkdir(join(folder, 'source'))
  await writeFile(join(folder, 'source', 'noise'), randomBytes(30_000_000))
  await writeFile(join(folder, 'key'), randomBytes(32))
  hook = await httpTarget((response, nth) => response.writeHead(nth === 0 ? 500 : 204).end())
  host = await startServing({
    BORGLEDGER_DATA_DIR: join(folder, 'data'),
    BORGLEDGER_ADMIN_TOKEN: token,
    BORGLEDGER_SECRET_KEY_FILE: join(folder, 'key'),
    BORGLEDGER_LOG_LEVEL: 'trace',
    CANARY_PASSPHRASE: canary,
  })
})

test.after(async () => {
  host.signal('SIGTERM')
  await host.ended
  await hook.close()
  await rm(folder, { recursive: true, force: true })
})

const ask = async (method: string, path: string, body?: unknown): Promise<string> => {
  const answer = await fetch(`${host.url}/api/v1${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${text}`)
  answers.push(text)
  return text
}

const refused = async (method: string, path: string, body: unknown): Promise<string> => {
  const headers = { Authorization: `Bearer ${token}` }
  const answer = await fetch(`${host.url}/api/v1${path}`, { method, headers, body: JSON.stringify(body) })
  assert.is(answer.status, 422)
  return answer.text()
}

interface Seen {
  readonly pid: string
  readonly commandLine: string
  readonly environment: string
}

/** The compiler that serves a host which runs from source, as here: it is given the whole environment, and no host that is installed has one. */
const isCompiler = ({ commandLine }: Seen): boolean => /\/esbuild\0--service=/.test(commandLine)

/** Two processes of one command line are one program: the host, and a copy of it that is about to become another program. */
const isHost = ({ commandLine }: Seen, seen: ReadonlyArray<Seen>): boolean =>
  commandLine === seen.find(({ pid }) => pid === String(host.pid))?.commandLine

/** Every other process that we may look into. One that ends meanwhile is passed over. */
const processes = async (): Promise<ReadonlyArray<Seen>> => {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const read = (pid: string, file: string): Promise<string> => readFile(join('/proc', pid, file), 'latin1').catch(() => '')
  const seen = pids.map(async (pid) => ({ pid, commandLine: await read(pid, 'cmdline'), environment: await read(pid, 'environ') }))
  return (await Promise.all(seen)).filter((process) => !isCompiler(process))
}

const isBorg = ({ commandLine }: Seen): boolean => /\0create\0/.test(commandLine) && commandLine.includes(folder)

/** Follows the job and looks at all processes at each of its changes. Gives how often borg was seen at work. */
const watchProcesses = async (jobId: string): Promise<number> => {
  const response = await fetch(`${host.url}/api/v1/jobs/${jobId}/stream`, { headers: { Authorization: `Bearer ${token}` } })
  const stream = sseEvents(response)
  let borgSeen = 0
  for (let told = await stream.nextMessage(); told !== null; told = await stream.nextMessage()) {
    answers.push(told.data ?? '')
    const seen = await processes()
    borgSeen += seen.filter(isBorg).length
    for (const process of seen) {
      assert.not.ok(process.commandLine.includes(canary), `the command line of ${process.pid}`)
      if (!isHost(process, seen)) assert.not.ok(process.environment.includes(canary), `the environment of ${process.commandLine}`)
    }
  }
  return borgSeen
}

const passphrases = { environment: { env: 'CANARY_PASSPHRASE' }, store: { secret: 'canary' } }

test('every log is kept, to be searched', async () => {
  await ask('PATCH', '/settings', { logSavePolicy: 'all' })
})

for (const [name, passphrase] of Object.entries(passphrases)) {
  test(`a passphrase from the ${name} stands in no process while an encrypted backup runs`, async () => {
    await ask('PUT', '/secrets/canary', { value: canary })
    const repository = { id: name, name, location: join(folder, name), passphrase, create: { encryption: 'repokey-blake2' } }
    await ask('POST', '/repositories', repository)
    const job = JSON.parse(await ask('POST', '/jobs', { type: 'backup', repositoryId: name, sources: [join(folder, 'source')] }))
    assert.ok((await watchProcesses(job.id)) > 0, 'borg was seen at work')
    assert.is(JSON.parse(await ask('GET', `/jobs/${job.id}`)).outcome, 'success')
    for (const path of ['/log', '/events']) await ask('GET', `/jobs/${job.id}${path}`)
  })
}

test('the passphrase works, and a wrong one is refused without a word of it', async () => {
  const repository = { id: 'wrong', name: 'Wrong', location: join(folder, 'environment'), passphrase: { file: join(folder, 'wrong-pass') } }
  await writeFile(join(folder, 'wrong-pass'), `${canary}-but-wrong`)
  await ask('DELETE', '/repositories/environment')
  await ask('POST', '/repositories', repository)
  const job = JSON.parse(await ask('POST', '/jobs', { type: 'backup', repositoryId: 'wrong', sources: [join(folder, 'source')] }))
  await watchProcesses(job.id)
  assert.is(JSON.parse(await ask('GET', `/jobs/${job.id}`)).error.code, 'passphrase-wrong')
  await ask('GET', `/jobs/${job.id}/log`)
})

test('as a secret of targets it signs what is told, and is told of by no attempt that fails', async () => {
  const secret = { env: 'CANARY_PASSPHRASE' }
  const said = await refused('POST', '/notification-targets', { name: 'x', kind: 'webhook', config: { url: hook.url, secret: canary } })
  assert.not.ok(said.includes(canary))
  await ask('POST', '/notification-targets', { id: 'hook', name: 'Hook', kind: 'webhook', config: { url: hook.url, secret } })
  await ask('POST', '/notification-targets', { id: 'other', name: 'Other', kind: 'webhook', config: { url: hook.url, secret } })
  for (const id of ['hook', 'other']) await ask('POST', `/notification-targets/${id}/test`)
  assert.equal(await attempts(2), ['Delivered', 'DeliveryFailed'])
  const [first] = hook.got
  const timestamp = String(first?.headers['x-borgledger-timestamp'])
  const signed = createHmac('sha256', canary).update(`${timestamp}.${first?.body}`).digest('hex')
  assert.is(first?.headers['x-borgledger-signature'], `sha256=${signed}`)
  assert.not.ok(JSON.stringify(hook.got).includes(canary))
})

/** How the first `count` attempts went, sorted. */
const attempts = async (count: number): Promise<ReadonlyArray<string>> => {
  const headers = { Authorization: `Bearer ${token}` }
  const stream = sseEvents(await fetch(`${host.url}/api/v1/events/stream?after=0`, { headers }))
  const seen: string[] = []
  while (seen.length < count) {
    const { type } = JSON.parse((await stream.nextMessage())?.data ?? '{ "type": "ended" }')
    if (['Delivered', 'DeliveryFailed', 'ended'].includes(type)) seen.push(type)
  }
  await stream.leave()
  return seen.sort()
}

test('it stands in no file of the data directory, in no answer and in nothing that was said', async () => {
  for (const path of ['/jobs', '/repositories', '/events?limit=200', '/settings', '/notification-targets', '/deliveries'])
    await ask('GET', path)
  await ask('POST', '/audit/verify')
  for (const answer of answers) assert.not.ok(answer.includes(canary))
  const files = await readdir(join(folder, 'data'), { recursive: true, withFileTypes: true })
  let looked = 0
  for (const file of files.filter((one) => one.isFile())) {
    const bytes = await readFile(join(file.parentPath, file.name))
    assert.not.ok(bytes.includes(canary), file.name)
    looked += 1
  }
  assert.ok(looked > 5)
  const client = await runProgram(['jobs', '--json'], { BORGLEDGER_URL: host.url, BORGLEDGER_TOKEN: token })
  assert.not.ok(`${client.stdout}${client.stderr}`.includes(canary))
})

test('the search finds what is there: the environment of the host holds the canary', async () => {
  const seen = await processes()
  const found = seen.filter(({ environment }) => environment.includes(canary))
  assert.ok(found.some(({ pid }) => pid === String(host.pid)))
  assert.ok(found.every((process) => isHost(process, seen)))
})

test('to its end the host, which says all that it can, has never said it', async () => {
  host.signal('SIGTERM')
  const { stdout, stderr } = await host.ended
  assert.match(stdout, 'listens on')
  assert.match(stderr, 'ends once its running jobs have ended')
  assert.not.ok(`${stdout}${stderr}`.includes(canary))
})

test.run()
