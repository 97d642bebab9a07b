// Every type of job, once, with real borg on a real encrypted repository, through the library; and again on the other side of a real sshd, where
// there is one. Prints for each its events and how it ended.
//
// Run after a build: node examples/every-job/every-job.mjs
import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hasSshd, loopbackSshd } from '@borgledger/testkit/loopback-sshd'
import { createBorgledger } from 'borgledger'

const by = { actor: 'user:anna' }
const place = await mkdtemp(join(tmpdir(), 'borgledger-every-job-'))
const sources = join(place, 'files')
await mkdir(sources)
for (let file = 0; file < 200; file++) await writeFile(join(sources, `file-${file}`), randomBytes(5_000))
await writeFile(join(place, 'passphrase'), 'correct horse battery staple\n', { mode: 0o600 })

const sshd = hasSshd() ? await loopbackSshd(join(place, 'sshd')) : null
const ledger = await createBorgledger({ dataDir: join(place, 'data'), ssh: sshd === null ? {} : { configFile: sshd.clientConfig } })
try {
  const passphrase = { file: join(place, 'passphrase') }
  const create = { encryption: 'repokey-blake2' }
  must(await ledger.addRepository({ id: 'laptop', name: 'Laptop', location: join(place, 'repository'), passphrase, create }, by))
  must(await ledger.changeSettings({ allowedPackages: ['hostname'] }, by))
  console.log('in a repository on this machine')
  await everyJob('laptop', { path: join(place, 'restored') })
  if (process.getuid?.() === 0) await run({ type: 'package-install', package: 'hostname' })
  if (sshd === null) console.log('nothing was done over ssh: there is no sshd')
  else {
    const location = sshd.location(join(place, 'far-repository'))
    must(await ledger.addRepository({ id: 'far', name: 'Far away', location, passphrase, create }, by))
    console.log('in a repository behind a real sshd, and restored to there')
    await everyJob('far', { ssh: sshd.target, port: sshd.port, path: join(place, 'far-restored') })
    await sameFiles(join(place, 'far-restored', sources))
  }
  console.log('between two scripts')
  await backupBetweenScripts()
  const verdict = await ledger.verify()
  console.log(verdict.ok ? `history verified: ${verdict.events} events` : `history NOT whole: ${verdict.divergence.what}`)
  if (!verdict.ok) process.exitCode = 1
} finally {
  await ledger.close()
  await sshd?.close()
  await rm(place, { recursive: true, force: true })
}

async function everyJob(repositoryId, destination) {
  await run({ type: 'backup', repositoryId, sources: [sources] })
  const second = await run({ type: 'backup', repositoryId, sources: [sources], prune: { keep: { last: 5 } }, compact: true })
  await run({ type: 'check', repositoryId, mode: 'full', verifyData: true })
  await run({ type: 'restore', repositoryId, archive: second.archive, destination })
  await run({ type: 'restore-check', repositoryId, archive: 'latest', mode: 'extract' })
  await run({ type: 'prune', repositoryId, series: repositoryId, keep: { last: 1 } })
  await run({ type: 'archive-delete', repositoryId, archive: second.archive })
  await run({ type: 'compact', repositoryId })
}

async function sameFiles(restored) {
  const names = await readdir(sources)
  const same = await Promise.all(
    names.map(async (name) => (await readFile(join(sources, name))).equals(await readFile(join(restored, name)))),
  )
  console.log(same.every(Boolean) ? 'over ssh every file came back as it is' : 'over ssh files came back otherwise than they are')
  if (!same.every(Boolean)) process.exitCode = 1
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
