// Every type of job, once, with real borg on a real encrypted repository, through the library. Prints for each its events and how it ended.
//
// Run after a build: node examples/every-job/every-job.mjs
import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createBorgledger } from 'borgledger'

const by = { actor: 'user:anna' }
const place = await mkdtemp(join(tmpdir(), 'borgledger-every-job-'))
const sources = join(place, 'files')
await mkdir(sources)
for (let file = 0; file < 200; file++) await writeFile(join(sources, `file-${file}`), randomBytes(5_000))
await writeFile(join(place, 'passphrase'), 'correct horse battery staple\n', { mode: 0o600 })

const ledger = await createBorgledger({ dataDir: join(place, 'data') })
try {
  const passphrase = { file: join(place, 'passphrase') }
  const create = { encryption: 'repokey-blake2' }
  must(await ledger.addRepository({ id: 'laptop', name: 'Laptop', location: join(place, 'repository'), passphrase, create }, by))
  must(await ledger.changeSettings({ allowedPackages: ['hostname'] }, by))
  await everyJob()
  await backupBetweenScripts()
  const verdict = await ledger.verify()
  console.log(verdict.ok ? `history verified: ${verdict.events} events` : `history NOT whole: ${verdict.divergence.what}`)
  if (!verdict.ok) process.exitCode = 1
} finally {
  await ledger.close()
  await rm(place, { recursive: true, force: true })
}

async function everyJob() {
  await run({ type: 'backup', repositoryId: 'laptop', sources: [sources] })
  const second = await run({ type: 'backup', repositoryId: 'laptop', sources: [sources], prune: { keep: { last: 5 } }, compact: true })
  await run({ type: 'check', repositoryId: 'laptop', mode: 'full', verifyData: true })
  await run({ type: 'restore', repositoryId: 'laptop', archive: second.archive, destination: { path: join(place, 'restored') } })
  await run({ type: 'restore-check', repositoryId: 'laptop', archive: 'latest', mode: 'extract' })
  await run({ type: 'prune', repositoryId: 'laptop', series: 'laptop', keep: { last: 1 } })
  await run({ type: 'archive-delete', repositoryId: 'laptop', archive: second.archive })
  await run({ type: 'compact', repositoryId: 'laptop' })
  if (process.getuid?.() === 0) await run({ type: 'package-install', package: 'hostname' })
}

/** What one script stops, another starts again, and it is told how the backup went. */
async function backupBetweenScripts() {
  const env = { SERVICE: join(place, 'service') }
  must(await ledger.addScript({ id: 'stop', name: 'Stop the service', body: 'rm -f "$SERVICE"', env }, by))
  must(await ledger.addScript({ id: 'start', name: 'Start it', body: 'echo "$BORGLEDGER_HOOK_OUTCOME" > "$SERVICE"', env }, by))
  const scripts = [
    { id: 'stop', phase: 'pre' },
    { id: 'start', phase: 'post' },
  ]
  await run({ type: 'backup', repositoryId: 'laptop', sources: [sources], scripts })
  console.log(`the service was started again after: ${(await readFile(env.SERVICE, 'utf8')).trim()}`)
}

async function run(body) {
  const end = await must(await ledger.start(body, by)).finished()
  console.log(`${end.type}: ${end.state}${end.outcome ? `, ${end.outcome}` : ''}, effect ${end.effect}`)
  for (const { type, data } of await ledger.events({ tags: [`job:${end.id}`], limit: 100 })) {
    console.log(data.jobId === end.id ? `  ${type}` : `      ${type} (its ${data.jobId.split('-').at(-1)})`)
  }
  for (const { code, message } of end.warnings) console.log(`  ${code}: ${message}`)
  if (end.error !== null) console.log(`  ${end.error.code}: ${end.error.message}`)
  if (end.state !== 'completed') process.exitCode = 1
  return end
}

function must(result) {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value
}
