/** The runner with real borg; left out, and counted as such, where there is none. */
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { kill } from '@borgledger/testkit'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { firstValueFrom } from 'rxjs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import {
  allOf,
  atWork,
  backupEnd,
  hasBorg,
  hostProcess,
  logLines,
  passphrase,
  type Scene,
  scene,
  slowFiles,
  smallFiles,
  until,
} from './fixtures/scene.js'
import { readIdentity, sightOf } from './process/identity.js'
import { runDir } from './run-dir.js'
import { borgRunner } from './runner.js'

const it = hasBorg() ? test : test.skip

/** A scene with its encrypted repository made; `use` gets a runner that is closed afterwards. */
const withRepository = async (use: (place: Scene, runner: ReturnType<typeof borgRunner>) => Promise<void>): Promise<void> => {
  const place = scene()
  const runner = borgRunner(place.options)
  try {
    const created = await runner.create(place.repository, 'repokey-blake2')()
    assert.ok(E.isRight(created), JSON.stringify(created))
    await use(place, runner)
  } finally {
    await runner.close()
    place.clean()
  }
}

const filesBelow = (folder: string): ReadonlyArray<string> =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((file) => (file.isFile() ? [join(file.parentPath, file.name)] : []))

it('an encrypted backup of 2,000 files ends with its archive, its progress and its log', () =>
  withRepository(async (place, runner) => {
    smallFiles(place.source, 2_000)
    const reports = await allOf(runner.run(place.request()))
    const { evidence, logBytes } = backupEnd(reports)
    assert.equal(evidence.exit, { code: 0, signal: null })
    assert.is(evidence.archive?.files, 2_000)
    assert.equal(evidence.warnings, [])
    const identity = await runner.identify(place.repository)()
    assert.equal(identity, E.right({ borgId: evidence.borgId }))
    assert.ok(reports.some((report) => report.tag === 'Progressed' && report.progress.percent === null))
    const log = readFileSync(join(place.options.dataDir, 'logs', 'job-1.log'))
    assert.is(log.length, logBytes)
    assert.match(log.toString(), 'archive series-20261123T181500Z: 2000 files')
    assert.match(log.toString(), 'borg ended with exit code 0')
  }))

it('no secret stands in the run’s files, in the environment or in the arguments', () =>
  withRepository(async (place, runner) => {
    const [executable, goOn] = [join(place.folder, 'waiting-borg'), join(place.folder, 'go-on')]
    writeFileSync(executable, `#!/bin/sh\nuntil [ -e '${goOn}' ]; do sleep 0.05; done\nexec borg "$@"\n`, { mode: 0o755 })
    const request = place.request()
    const reports = runner.run({ ...request, repository: { ...request.repository, executable } })
    const all = allOf(reports)
    const spawned = await firstValueFrom(reports)
    assert.ok(spawned.tag === 'Spawned')
    const borg = `/proc/${spawned.process.pid}`
    await until(() => readFileSync(`${borg}/cmdline`, 'utf8').includes('--log-json'), 'the shell has become what waits, which becomes borg')
    const seen = [readFileSync(`${borg}/cmdline`, 'utf8'), readFileSync(`${borg}/environ`, 'utf8')]
    assert.match(seen[1] ?? '', 'BORGLEDGER_RUN_ID=run-1')
    writeFileSync(goOn, '')
    await all
    const files = filesBelow(place.options.dataDir).map((file) => readFileSync(file, 'latin1'))
    assert.ok(files.length > 5)
    assert.not([...seen, ...files].some((text) => text.includes(passphrase)))
  }))

it('a wrong passphrase is named by borg’s own key', () =>
  withRepository(async (place) => {
    const stranger = borgRunner({ ...place.options, resolveSecret: () => TE.right('wrong') })
    const { evidence } = backupEnd(await allOf(stranger.run(place.request())))
    await stranger.close()
    assert.is(evidence.lastError?.msgid, 'PassphraseWrong')
    assert.is(evidence.archive, null)
    assert.is(evidence.looked, false)
  }))

it('a backup that is stopped in the middle ends with its exit recorded and the repository looked into', () =>
  withRepository(async (place, runner) => {
    slowFiles(place.source, 60, 500_000)
    const reports = runner.run(place.request({ compression: 'lzma,6' }))
    const all = allOf(reports)
    await atWork(reports)
    runner.stop('run-1', [
      { signal: 'SIGINT', target: 'process', waitMsMax: 60_000, untilCheckpoint: true },
      { signal: 'SIGTERM', target: 'process', waitMsMax: 60_000, untilCheckpoint: false },
      { signal: 'SIGKILL', target: 'group', waitMsMax: 10_000, untilCheckpoint: false },
    ])
    const told = await all
    const { evidence } = backupEnd(told)
    const signals = told.flatMap((report) => (report.tag === 'Signalled' ? [report.rung.signal] : []))
    assert.is(signals[0], 'SIGINT')
    assert.not(signals.includes('SIGKILL'))
    assert.ok(evidence.exit?.code === 2 || evidence.exit?.code === 143, JSON.stringify(evidence.exit))
    assert.is(evidence.looked, true, JSON.stringify(evidence))
    assert.is(evidence.archive, null)
    assert.not(existsSync(join(place.repository.location, 'lock.exclusive')))
    assert.is((await runner.inspect('run-1')()).liveness, 'gone')
  }))

it('borg outlives a killed host, and the next one follows it to its end with the whole log', () =>
  withRepository(async (place, runner) => {
    slowFiles(place.source, 12, 500_000)
    const request = place.request({ compression: 'lzma,6' })
    const host = hostProcess(place, request)
    let told = ''
    host.stdout?.on('data', (text) => (told += text))
    await until(() => told.includes('Progressed'), 'borg is at work')
    const borg = readIdentity(runDir(place.options.dataDir, 'run-1').pid)
    assert.ok(borg !== null)
    // So that it is not over before the next one looks.
    kill(borg.pid, 'SIGSTOP')
    host.kill('SIGKILL')
    await once(host, 'exit')
    assert.is(sightOf(borg), 'alive', 'borg goes on without its host')
    assert.equal(await runner.inspect('run-1')(), { report: 'none', liveness: 'alive' })
    kill(borg.pid, 'SIGCONT')
    const reports = await allOf(runner.follow(request))
    assert.equal(reports[0], { tag: 'Spawned', process: borg })
    const { evidence } = backupEnd(reports)
    assert.equal(evidence.exit, { code: 0, signal: null })
    assert.is(evidence.archive?.files, 12)
    const log = logLines(place)
    assert.is(log.filter((line) => line.includes('run run-1')).length, 1)
    assert.is(log.filter((line) => line.includes('terminating with success status')).length, 1)
    assert.is(log[log.length - 1], 'INFO    borg ended with exit code 0')
  }))

it('a connection that cannot be made is told with the words of ssh', async () => {
  const place = scene()
  const runner = borgRunner(place.options)
  const nowhere = { location: 'ssh://nobody@127.0.0.1:1/repository', passphrase: null, executable: null }
  const identity = await runner.identify(nowhere)()
  assert.ok(E.isLeft(identity) && identity.left.tag === 'BorgFailed', JSON.stringify(identity))
  assert.is(identity.left.code, 'connection-failed')
  assert.match(identity.left.message, 'Connection refused')
  const { evidence } = backupEnd(await allOf(runner.run({ ...place.request(), repository: nowhere })))
  assert.match(evidence.lastError?.message ?? '', 'Connection refused')
  assert.is(evidence.looked, false)
  assert.match(logLines(place).join('\n'), 'ssh: ')
  await runner.close()
  place.clean()
})

it('a borg that was killed with its shell leaves no report; its lock is seen free and the archive is looked for', () =>
  withRepository(async (place, runner) => {
    slowFiles(place.source, 60, 500_000)
    const reports = runner.run(place.request({ compression: 'lzma,6' }))
    const all = allOf(reports)
    const spawned = await firstValueFrom(reports)
    assert.ok(spawned.tag === 'Spawned')
    const shell = Number(/^\d+ .* [A-Z] (\d+)/.exec(readFileSync(`/proc/${spawned.process.pid}/stat`, 'utf8'))?.[1])
    process.kill(shell, 'SIGKILL')
    process.kill(spawned.process.pid, 'SIGKILL')
    const { evidence } = backupEnd(await all)
    assert.is(evidence.exit, null)
    assert.is(evidence.archive, null)
    assert.is(evidence.looked, true, 'borg healed the stale lock of our own host id')
  }))

test.run()
