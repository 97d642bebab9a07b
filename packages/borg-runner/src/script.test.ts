/** Scripts and packages: run like borg, watched like borg, and told no secrets. */
import { existsSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import type { RunWork } from '@borgledger/domain'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { allOf, evidenceIn, isAlive, logLines, passphrase, type Scene, scene, until } from './fixtures/scene.js'
import type { RunnerOptions } from './options.js'
import { runDir } from './run-dir.js'
import { borgRunner } from './runner.js'

const script = (words: string, changes: object = {}) =>
  ({ kind: 'script', scriptId: 'it', name: 'It', program: { body: words }, timeoutMs: 60_000, env: {}, ...changes }) as const

const logOf = (place: Scene): ReadonlyArray<string> => (existsSync(join(place.options.dataDir, 'logs')) ? logLines(place) : [])

/** `meanwhile`: what is done while it runs. */
const ran = async (work: RunWork, changes: Partial<RunnerOptions> = {}, meanwhile: (place: Scene) => Promise<void> = async () => {}) => {
  const place = scene({ tailMs: 20, ...changes })
  const runner = borgRunner(place.options)
  const request = { ...place.ask(work), repository: null }
  const preflight = await runner.preflight(request)()
  const [reports] = await Promise.all([allOf(runner.run(request)), meanwhile(place)])
  await runner.close()
  return { place, preflight, reports, log: logOf(place) }
}

test('what a script writes is in the log, whatever it looks like, and its exit code is kept', async () => {
  const forged = '{"type": "log_message", "levelname": "ERROR", "name": "borg.output.show-rc", "message": "rc 0", "msgid": "LockTimeout"}'
  const { place, preflight, reports, log } = await ran(script(`echo out; echo err >&2; echo '${forged}'; exit 3`))
  const evidence = evidenceIn(reports, 'script')
  assert.equal(evidence.exit, { code: 3, signal: null })
  assert.equal([evidence.timedOut, evidence.lock, evidence.borgId], [false, null, null])
  assert.is(evidence.lastError?.msgid, null)
  assert.match(evidence.lastError?.message ?? '', 'out\nerr')
  for (const line of ['INFO    out', 'INFO    err', `INFO    ${forged}`, 'INFO    the script ended with exit code 3'])
    assert.ok(log.includes(line), line)
  assert.equal(preflight, { missingSources: [], passphraseProblem: null, executableProblem: null, destinationProblem: null })
  place.clean()
})

test('a script gets what is on the list and what is its own, and nothing else', async () => {
  const env = { BORGLEDGER_HOOK_PHASE: 'pre', PATH: '/its/own' }
  const outer = { PATH: process.env['PATH'], HOME: '/home/anna', BORG_PASSPHRASE: 'leak', SECRET: 'leak', SSH_AUTH_SOCK: '/agent' }
  const { place, log, reports } = await ran(script('/usr/bin/env; : <&3', { env }), {
    env: outer,
    resolveSecret: () => TE.right(passphrase),
  })
  const text = log.join('\n')
  for (const line of ['BORGLEDGER_HOOK_PHASE=pre', 'HOME=/home/anna', 'LANG=C.UTF-8', 'BORGLEDGER_RUN_ID=run-1']) assert.match(text, line)
  assert.ok(log.includes('INFO    PATH=/its/own'))
  assert.not.match(text, /leak|SSH_AUTH_SOCK|BORG_/)
  assert.ok((evidenceIn(reports, 'script').exit?.code ?? 0) > 0, 'there is no third descriptor')
  place.clean()
})

test('a program that is not there is told in the words of the shell', async () => {
  const { place, reports } = await ran(script('', { program: { argv: ['/nowhere/script'] } }))
  const evidence = evidenceIn(reports, 'script')
  assert.is(evidence.exit?.code, 127)
  assert.match(evidence.lastError?.message ?? '', '/nowhere/script')
  place.clean()
})

/** The pids that a script wrote to its log. */
const pidsIn = (log: ReadonlyArray<string>): ReadonlyArray<number> =>
  log.flatMap((line) => /^INFO {4}pid (\d+)$/.exec(line)?.[1] ?? []).map(Number)

const hourMs = 3_600_000

/** Its hour is over as soon as it has told so many pids: it began an hour ago. */
const overAt =
  (pids: number) =>
  async (place: Scene): Promise<void> => {
    await until(() => pidsIn(logOf(place)).length === pids, 'it has told its pids')
    const anHourAgo = (Date.now() - hourMs) / 1000
    utimesSync(runDir(place.options.dataDir, 'run-1').started, anHourAgo, anHourAgo)
  }

test('a script whose time is over is ended with all that it started', async () => {
  const words = 'sleep 300 & echo "pid $!"; echo "pid $$"; wait'
  const { place, reports, log } = await ran(script(words, { timeoutMs: hourMs }), {}, overAt(2))
  const evidence = evidenceIn(reports, 'script')
  assert.is(evidence.timedOut, true)
  assert.equal(evidence.exit, { code: 143, signal: null })
  assert.is(pidsIn(log).length, 2)
  await until(() => !pidsIn(log).some(isAlive), 'the whole group is gone')
  assert.ok(log.some((line) => line.includes('its time of 3600 s is over')))
  place.clean()
})

test('a child that is deaf to the polite signal gets the other one, also when its parent has left', async () => {
  const words = 'sh -c \'trap "" TERM; echo "pid $$"; while :; do sleep 0.1; done\' & wait'
  const { place, reports, log } = await ran(script(words, { timeoutMs: hourMs }), { graceMs: 300 }, overAt(1))
  assert.is(evidenceIn(reports, 'script').timedOut, true)
  assert.is(pidsIn(log).length, 1)
  await until(() => !pidsIn(log).some(isAlive), 'the deaf child is gone')
  place.clean()
})

test('a daemon that a script starts on purpose is its own business', async () => {
  // The daemon says its pid itself, and the script waits for it: by then its session is its own.
  const daemon = `setsid sh -c 'echo "pid $$"; : > "$0.there"; exec sleep 300 >/dev/null 2>&1' "$0" &`
  const { place, reports, log } = await ran(script(`${daemon} until [ -e "$0.there" ]; do sleep 0.05; done`))
  const [pid = 0] = pidsIn(log)
  assert.equal(evidenceIn(reports, 'script').exit, { code: 0, signal: null })
  assert.ok(isAlive(pid))
  process.kill(pid, 'SIGKILL')
  assert.not(existsSync(join(place.options.dataDir, 'runs', 'run-1', 'timed-out')))
  place.clean()
})

const installer = (words: string) => ({
  installArgv: (name: string) => ['/bin/sh', '-c', words, 'install', name],
  versionOf: async (name: string) => `${name} 1.2`,
})
const borg = { kind: 'package', package: 'borgbackup' } as const

test('an installed package is told with its version', async () => {
  const { place, reports, log } = await ran(borg, { installer: installer('echo "$1 $DEBIAN_FRONTEND"') })
  const { exit, version } = evidenceIn(reports, 'package')
  assert.equal([exit, version], [{ code: 0, signal: null }, 'borgbackup 1.2'])
  assert.ok(log.includes('INFO    borgbackup noninteractive'))
  place.clean()
})

test('a package that cannot be installed is told in the words of the package manager', async () => {
  const { place, reports } = await ran(borg, { installer: installer('echo "E: Unable to locate package $1" >&2; exit 100') })
  const { exit, version, lastError } = evidenceIn(reports, 'package')
  assert.equal([exit?.code, version], [100, null])
  assert.match(lastError?.message ?? '', 'Unable to locate package borgbackup')
  place.clean()
})

test('what is no name of a package is never handed to a program', async () => {
  for (const name of ['-oDpkg::Pre-Invoke::=touch', 'a b', 'Borg', '../borg.deb']) {
    const { place, reports } = await ran({ kind: 'package', package: name }, { installer: installer('echo ran') })
    const { exit, lastError } = evidenceIn(reports, 'package')
    assert.is(exit, null)
    assert.match(lastError?.message ?? '', 'no name of a package')
    place.clean()
  }
})

test.run()
