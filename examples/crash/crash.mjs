// Kills a host with SIGKILL in the middle of real jobs of every type that start-up cleanup covers, starts the next one, and shows what that
// decided and why. A crash is well over when each job has exactly one terminal event that agrees with the repository, no process and no lock
// of ours is left, and the next backup runs.
//
// Run after a build: node examples/crash/crash.mjs [points of each kind, 3] [seed] [one kind]
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createBorgledger } from 'borgledger'
import { eventsAbout, troubleAfter } from './judge.mjs'
import { freshFiles, makePlace } from './place.mjs'
import { pointAt, randomOf } from './points.mjs'

const by = { actor: 'user:anna' }
const [points = '3', seed = String(Date.now() % 1_000_000), only] = process.argv.slice(2)
const random = randomOf(Number(seed))
const place = await makePlace()
const keep = { last: 2 }
const scripts = [
  { id: 'stop', phase: 'pre' },
  { id: 'start', phase: 'post' },
]
const backup = { type: 'backup', repositoryId: 'laptop', sources: [place.sources], compression: 'lzma,9' }

/** What is asked for, and how many events an undisturbed run has. */
const kinds = [
  { name: 'backup', events: 9, body: () => backup },
  { name: 'backup with scripts', events: 17, body: () => ({ ...backup, scripts }) },
  { name: 'backup with prune and compact', events: 26, body: () => ({ ...backup, prune: { keep }, compact: true }) },
  {
    name: 'restore',
    events: 8,
    body: (archive) => ({ type: 'restore', repositoryId: 'laptop', archive, destination: { path: join(place.path, 'restored') } }),
  },
  { name: 'check', events: 8, body: () => ({ type: 'check', repositoryId: 'laptop', mode: 'full', verifyData: true }) },
  { name: 'restore-check', events: 8, body: () => ({ type: 'restore-check', repositoryId: 'laptop', archive: 'latest', mode: 'extract' }) },
  { name: 'prune', events: 12, body: () => ({ type: 'prune', repositoryId: 'laptop', series: 'laptop', keep }) },
  { name: 'compact', events: 8, body: () => ({ type: 'compact', repositoryId: 'laptop' }) },
]

let bad = 0
try {
  await within(createBorgledger({ dataDir: place.dataDir }), async (ledger) => {
    const create = { encryption: 'repokey-blake2' }
    must(await ledger.addRepository({ id: 'laptop', name: 'Laptop', location: place.repository, passphrase: place.passphrase, create }, by))
    for (const id of ['stop', 'start']) must(await ledger.addScript({ id, name: id, body: saying(id) }, by))
    await backUp(ledger)
  })
  console.log(`seed ${seed}, ${points} points of each kind`)
  for (const kind of kinds.filter(({ name }) => only === undefined || name === only))
    for (let point = 0; point < Number(points); point++) await crashOnce(kind, point)
  await within(createBorgledger({ dataDir: place.dataDir }), async (ledger) => {
    const verdict = await ledger.verify()
    console.log(verdict.ok ? `history verified: ${verdict.events} events` : `history NOT whole: ${verdict.divergence.what}`)
    if (!verdict.ok) bad++
  })
} finally {
  await place.remove()
}
console.log(bad === 0 ? 'every crash was well over' : `${bad} crashes were not`)
process.exitCode = bad === 0 ? 0 : 1

/** A script that takes a moment and then says that it ran, and for which job. */
function saying(id) {
  return `sleep 0.4\necho ${id} $BORGLEDGER_HOOK_JOB_ID >> '${place.scriptsRan}'`
}

/** Half of the next hosts adopt what lives, half stop it. */
async function crashOnce(kind, index) {
  const policy = index % 2 === 0 ? 'fail' : 'adopt'
  const archive = await within(createBorgledger({ dataDir: place.dataDir }), async (ledger) => {
    must(await ledger.changeSettings({ recovery: policy }, by))
    return (await backUp(ledger)).archive
  })
  await freshFiles(place)
  const point = pointAt(index, kind.events, random)
  const killed = await killedHost(kind.body(archive), point)
  await within(createBorgledger({ dataDir: place.dataDir }), async (ledger) => {
    const job = await ledger.job(killed.jobId).finished()
    const trouble = await troubleAfter(place, ledger, job.id)
    const next = await backUp(ledger).catch((error) => error)
    if (next instanceof Error) trouble.push(`the next backup: ${next.message}`)
    const decided = (await eventsAbout(ledger, job.id)).filter(({ type }) => type === 'JobRecovered').map(({ data }) => decisionOf(data))
    say(kind.name, policy, killed.where, decided.join(', '), job, trouble)
    if (trouble.length > 0) bad++
  })
}

function decisionOf({ jobId, traces, decision }) {
  const step = /-(prune|compact)$/.test(jobId) ? ` (${jobId.split('-').at(-1)})` : ''
  return `${traces.report === 'none' ? traces.liveness : traces.report}: ${decision}${step}`
}

function say(name, policy, where, decided, job, trouble) {
  const end = [job.state, job.outcome ?? job.error?.code ?? '', `effect ${job.effect}`].filter(Boolean).join(' ')
  console.log([name.padEnd(29), policy.padEnd(5), where.padEnd(32), (decided || 'nothing to recover').padEnd(34), end].join('  '))
  for (const words of trouble) console.log(`  NOT WELL: ${words}`)
}

/** The host in a process of its own, from its first event to its death. */
async function killedHost(body, point) {
  const order = JSON.stringify({ dataDir: place.dataDir, body, ...point })
  const host = spawn(process.execPath, [fileURLToPath(new URL('./doomed-host.mjs', import.meta.url)), order], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const died = new Promise((resolve) => host.once('exit', resolve))
  let first = null
  let last = null
  let unheard = false
  for await (const line of createInterface({ input: host.stdout })) {
    last = JSON.parse(line)
    first ??= last
    if (point.stopAtSpawn && last.type === 'RunSpawned') {
      unheard = await comesTrue(() => existsSync(join(place.dataDir, 'runs', last.runId, 'exit')))
      host.kill('SIGKILL')
    }
  }
  await died
  if (first === null) throw new Error('the host died before it had a job')
  return { jobId: first.jobId, where: unheard ? 'the process had ended, unheard' : `${last.type} + ${point.delayMs} ms` }
}

async function backUp(ledger) {
  await freshFiles(place)
  const end = await must(await ledger.start({ ...backup, compression: 'lz4' }, by)).finished()
  if (end.state !== 'completed') throw new Error(`${end.state}: ${end.error?.code}: ${end.error?.message}`)
  return end
}

async function within(opening, act) {
  const ledger = await opening
  try {
    return await act(ledger)
  } finally {
    await ledger.close()
  }
}

/** A host that was stopped before it had closed the pipe of the passphrase leaves borg waiting: then it is killed as it is. */
async function comesTrue(holds) {
  for (let tries = 0; tries < 500 && !holds(); tries++) await sleep(10)
  return holds()
}

function must(result) {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value
}
