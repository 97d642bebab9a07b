// A real backup, a check and a restore through the HTTP API of a real host: live progress, the events of the backup, the verified history.
//
// Run by `npm run demo`, which builds first. `--once` ends after the tour; otherwise the host serves its page until Ctrl-C.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { api } from './api.mjs'
import { runJob } from './run-job.mjs'

const program = fileURLToPath(new URL('../../host/dist/main.js', import.meta.url))
const once = process.argv.includes('--once')
const say = (line = '') => console.log(line)

const place = await mkdtemp(join(tmpdir(), 'borgledger-demo-'))
const sources = join(place, 'files')
const repository = join(place, 'repository')
const restored = join(place, 'restored')
const passphraseFile = join(place, 'passphrase')
const token = randomBytes(24).toString('base64url')

await writeFile(passphraseFile, `${randomBytes(18).toString('base64url')}\n`, { mode: 0o600 })
await makeFiles(sources, { folders: 60, filesEach: 60 })
const stopped = new Promise((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => resolve('stopped'))
})
const host = await startHost()
process.exitCode = await run()
await host.stop()
say(`everything of this demo is in ${place}; remove it when you are done`)

/** The exit code: 0 when the tour went well and nobody broke it off. */
async function run() {
  try {
    const verdict = await Promise.race([tour(api(host.url, token)), stopped])
    if (verdict !== true || once) return verdict === true ? 0 : 1
    say('the host goes on; Ctrl-C ends it')
    await stopped
    return 0
  } catch (error) {
    console.error(`the demo failed: ${error.message}`)
    return 1
  }
}

async function tour(call) {
  const made = await call('POST', '/repositories', {
    id: 'laptop',
    name: 'Laptop',
    location: repository,
    passphrase: { file: passphraseFile },
    create: { encryption: 'repokey-blake2' },
  })
  say(`repository   ${made.location}, encrypted, borg id ${made.borgId.slice(0, 12)}…`)
  const backup = await runJob(call, { type: 'backup', repositoryId: 'laptop', sources: [sources] }, say)
  const check = await runJob(call, { type: 'check', repositoryId: 'laptop', mode: 'full' }, say)
  const restore = await runJob(
    call,
    { type: 'restore', repositoryId: 'laptop', archive: backup.archive, destination: { path: restored } },
    say,
  )
  const same = await sameFiles(sources, join(restored, sources))
  say(same === null ? 'restored     every file is as it was' : `restored     ${same} is NOT as it was`)
  say('the events of the backup:')
  const { items } = await call('GET', `/jobs/${backup.id}/events`)
  for (const event of items) say(`  ${String(event.position).padStart(4)}  ${event.at}  ${event.type}`)
  say()
  say('in the repository, as borg itself lists it:')
  say(indent(await borgList()))
  say('all jobs:')
  for (const { type, state, outcome, id } of (await call('GET', '/jobs')).items)
    say(`  ${type} ${id} ${state}${outcome ? `, ${outcome}` : ''}`)
  const verdict = await call('POST', '/audit/verify')
  say(
    verdict.ok
      ? `history verified: ${verdict.events} events in ${verdict.commits} commits`
      : `history NOT whole: ${verdict.divergence.what}`,
  )
  say(`web page     ${host.url}/   token ${token}`)
  return verdict.ok && same === null && [backup, check, restore].every((job) => job.state === 'completed')
}

async function makeFiles(root, { folders, filesEach }) {
  for (let folder = 0; folder < folders; folder++) {
    const dir = join(root, `folder-${folder}`)
    await mkdir(dir, { recursive: true })
    const writes = Array.from({ length: filesEach }, (_, file) => writeFile(join(dir, `file-${file}.bin`), randomBytes(2_000 + file * 300)))
    await Promise.all(writes)
  }
  say(`files        ${folders * filesEach} in ${root}`)
}

function startHost() {
  const env = {
    ...process.env,
    BORGLEDGER_DATA_DIR: join(place, 'data'),
    BORGLEDGER_LISTEN: '127.0.0.1:0',
    BORGLEDGER_ADMIN_TOKEN: token,
    BORGLEDGER_LOG_LEVEL: 'warn',
  }
  const child = spawn(process.execPath, [program, 'serve'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const gone = new Promise((resolve) => child.once('exit', resolve))
  return new Promise((resolve, reject) => {
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output += text
      const url = /http:\/\/\S+/.exec(output)?.[0]
      if (url !== undefined) resolve({ url: url.replace(/\/$/, ''), stop: () => stopHost(child, gone) })
    })
    void gone.then((code) => reject(new Error(`the host ended with exit code ${code}`)))
  })
}

/** After Ctrl-C the terminal has told the host as well: a second signal at once would cut its shutdown short. */
async function stopHost(child, gone) {
  const ended = await Promise.race([gone.then(() => true), new Promise((resolve) => setTimeout(resolve, 300))])
  if (ended !== true) child.kill('SIGTERM')
  await gone
}

/** The first file of `before` that is missing or other in `after`; null when all are the same. */
async function sameFiles(before, after) {
  for (const entry of await readdir(before, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const other = await readFile(join(after, relative(before, path))).catch(() => null)
    if (other === null || !other.equals(await readFile(path))) return path
  }
  return null
}

function borgList() {
  const env = { ...process.env, BORG_PASSCOMMAND: `cat ${passphraseFile}`, BORG_BASE_DIR: join(place, 'borg') }
  const child = spawn('borg', ['list', repository], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text) => (output += text))
  return new Promise((resolve, reject) =>
    child.once('close', (code) => (code === 0 ? resolve(output) : reject(new Error(`borg list ended with exit code ${code}`)))),
  )
}

function indent(text) {
  return text.trimEnd().replace(/^/gm, '  ')
}
