// Stops a host with SIGSTOP in the middle of jobs, leaves it so, and lets it go on: one job ends meanwhile, one goes on beyond, and three schedules
// come due every few seconds. All is well when nothing was taken for lost, stalled or stale, every due instant has one outcome, and what every job
// ended with is what borg says of it.
//
// Run after a build: node examples/crash/stopped.mjs [seconds of the stop, 20]
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createBorgledger } from 'borgledger'
import { terminal } from './judge.mjs'
import { freshFiles, makePlace } from './place.mjs'
import { troubleAfterStop } from './stopped-judge.mjs'

const by = { actor: 'user:anna' }
const [stopS = '20'] = process.argv.slice(2)
const stopMs = Number(stopS) * 1_000
const everyMs = 5_000
/** How long the rest may take, after the host goes on. */
const afterMsMax = 180_000
/** A worker may be silent for less long than the host stands still. */
const silenceMsMax = Math.min(60_000, 0.6 * stopMs)
const policies = ['once', 'skip', 'all']
const repositories = ['short', 'long', 'ticks']

const place = await makePlace()
const placeOf = (id) => ({ ...place, id, repository: `${place.repository}-${id}` })
const trouble = []
try {
  await freshFiles(place)
  await prepare()
  const { lines, stopped } = await stoppedInTheMiddle()
  for (const { warning, details } of lines.filter(({ warning }) => warning !== undefined))
    trouble.push(`the host said: ${warning} ${JSON.stringify(details)}`)
  trouble.push(...(await troubleAfterStop(repositories.map(placeOf), { policies, everyMs, stopped })))
} finally {
  await place.remove()
}
for (const words of trouble) console.log(`NOT WELL: ${words}`)
console.log(trouble.length === 0 ? 'the host went on as if nothing had been' : `${trouble.length} things are not well`)
process.exitCode = trouble.length === 0 ? 0 : 1

async function prepare() {
  const ledger = await createBorgledger({ dataDir: place.dataDir })
  must(await ledger.changeSettings({ maxConcurrentManualBackups: 2 }, by))
  const create = { encryption: 'repokey-blake2' }
  for (const id of repositories)
    must(await ledger.addRepository({ id, name: id, location: placeOf(id).repository, passphrase: place.passphrase, create }, by))
  const timeoutMs = stopMs + afterMsMax
  must(await ledger.addScript({ id: 'beyond', name: 'beyond', body: `sleep ${Number(stopS) + 5}`, timeoutMs }, by))
  for (const missed of policies) must(await ledger.addSchedule(scheduleOf(missed), by))
  await ledger.close()
}

function scheduleOf(missed) {
  const job = { type: 'backup', repositoryId: 'ticks', sources: [place.passphrase.file] }
  return { id: missed, name: missed, cron: `*/${everyMs / 1_000} * * * * *`, timeZone: 'UTC', missed, job }
}

/** Everything that the host said, and from when to when it was stopped. */
async function stoppedInTheMiddle() {
  const lines = []
  const host = startHost(lines)
  const over = new Promise((resolve) => host.once('exit', (code, signal) => resolve(code ?? signal)))
  try {
    await becomes('each schedule has fired', () => policies.every((id) => hasFired(lines, id, 0)))
    for (const body of bodies()) host.stdin.write(`${JSON.stringify(body)}\n`)
    await becomes('both jobs are at work', () => runsByHand(lines) === repositories.length - 1)
    host.kill('SIGSTOP')
    const fromMs = Date.now()
    console.log(`stopped for ${stopS} s; a worker is given up after ${silenceMsMax / 1_000} s of silence`)
    await sleep(stopMs / 2)
    await secondOwnerIsRefused(host.pid)
    await sleep(Math.max(0, fromMs + stopMs - Date.now()))
    host.kill('SIGCONT')
    const toMs = Date.now()
    await becomes('both jobs have ended', () => endedByHand(lines).length === repositories.length - 1)
    await becomes('each schedule fires on', () => policies.every((id) => hasFired(lines, id, toMs)))
    host.stdin.end()
    const ended = await Promise.race([over, sleep(afterMsMax, 'no end', { ref: false })])
    if (ended !== 0) trouble.push(`the host ended with ${ended}`)
    return { lines, stopped: { fromMs, toMs } }
  } finally {
    host.kill('SIGKILL')
    await over
  }
}

/** One ends while the host stands still; the other has a script before it that takes longer than that. */
function bodies() {
  const backup = { type: 'backup', sources: [place.sources], compression: 'lzma,9' }
  return [
    { ...backup, repositoryId: 'short' },
    { ...backup, repositoryId: 'long', scripts: [{ id: 'beyond', phase: 'pre' }] },
  ]
}

function startHost(lines) {
  const order = JSON.stringify({ dataDir: place.dataDir, passphraseFile: place.passphrase.file, silenceMsMax })
  const host = spawn(process.execPath, [fileURLToPath(new URL('./stopped-host.mjs', import.meta.url)), order], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  createInterface({ input: host.stdout }).on('line', (line) => lines.push(JSON.parse(line)))
  return host
}

async function secondOwnerIsRefused(pid) {
  const second = await createBorgledger({ dataDir: place.dataDir }).catch((error) => error)
  if (second.message?.includes(`owned by process ${pid}`)) return
  trouble.push(`a second owner was not refused for the stopped one's sake: ${second.message ?? 'it was let in'}`)
  await second.close?.({ drainMs: 0 })
}

function hasFired(lines, scheduleId, sinceMs) {
  return lines.some(({ type, data }) => type === 'TickFired' && data.scheduleId === scheduleId && Date.parse(data.dueAt) > sinceMs)
}

function byHand(lines) {
  return lines.filter(({ type, data }) => type === 'JobRequested' && data.trigger.kind === 'manual').map(({ data }) => data.jobId)
}

function runsByHand(lines) {
  return byHand(lines).filter((id) => lines.some(({ type, data }) => type === 'RunSpawned' && data.jobId === id)).length
}

function endedByHand(lines) {
  return byHand(lines).filter((id) => lines.some(({ type, data }) => terminal.includes(type) && data.jobId === id))
}

async function becomes(what, holds) {
  const untilMs = performance.now() + afterMsMax
  while (!holds()) {
    if (performance.now() > untilMs) throw new Error(`waited in vain until ${what}`)
    await sleep(20)
  }
}

function must(result) {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value
}
