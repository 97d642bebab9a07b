/** Scripts and what they start: who runs a text, and that nothing of a script outlives it but what stands in a session of its own. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type RunWork, stopLadderOf } from '@borgledger/domain'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { allOf, evidenceIn, isAlive, type Scene, scene, until } from './fixtures/scene.js'
import { borgRunner } from './runner.js'

const script = (program: { body: string } | { argv: ReadonlyArray<string> }): RunWork => ({
  kind: 'script',
  scriptId: 'it',
  name: 'It',
  program,
  timeoutMs: 60_000,
  env: {},
})

/** A run of a script that has just been asked for. Its texts write into the folder of the scene, which they know from their own place. */
const begun = (program: Parameters<typeof script>[0]) => {
  const place = scene({ tailMs: 20, graceMs: 300 })
  const runner = borgRunner(place.options)
  const reports = allOf(runner.run({ ...place.ask(script(program)), repository: null }))
  return { place, runner, reports }
}

const pidIn = ({ folder }: Scene, name: string): number => Number(readFileSync(join(folder, name), 'utf8'))
const hasPid = ({ folder }: Scene, name: string): boolean =>
  existsSync(join(folder, name)) && readFileSync(join(folder, name), 'utf8') !== ''
const runDirOf = ({ options }: Scene): string => join(options.dataDir, 'runs', 'run-1')

const end = async ({ place, runner, reports }: ReturnType<typeof begun>) => {
  const evidence = evidenceIn(await reports, 'script')
  await runner.close()
  return { evidence, place }
}
const warningsOf = ({ warnings }: { readonly warnings: ReadonlyArray<{ readonly code: string }> }) => warnings.map(({ code }) => code)

const interpreters: ReadonlyArray<readonly [body: string, code: number]> = [
  ['false; exit 4', 4],
  ['#!/bin/sh -e\nfalse\nexit 4', 1],
  ['#! /usr/bin/env -S sh -e\nfalse\nexit 4', 1],
  ['#!/bin/sh\r\nexit 4', 4],
  ['#!/nowhere/interpreter\nexit 4', 127],
  ['#!\nexit 4', 4],
]
for (const [body, code] of interpreters)
  test(`the text ${JSON.stringify(body)} is run by whom it names, and by sh when it names nobody`, async () => {
    const { evidence, place } = await end(begun({ body }))
    assert.is(evidence.exit?.code, code)
    place.clean()
  })

test('a command line is run as it is: its words are not for a shell', async () => {
  const { evidence, place } = await end(begun({ argv: ['/bin/sh', '-c', 'exit "$1"', 'sh', '7'] }))
  assert.is(evidence.exit?.code, 7)
  const { evidence: other, place: there } = await end(begun({ argv: ['/bin/echo', '$(exit 1)', '; false'] }))
  assert.is(other.exit?.code, 0)
  for (const each of [place, there]) each.clean()
})

/** In a text: the folder of the scene. */
const folderOf = `\${0%/data/runs/*}`

test('what a script leaves in its group is ended when it ends, its output held open or not, and that is told', async () => {
  const run = begun({
    body: `sleep 300 & echo $! > "${folderOf}/child"; (trap '' TERM; sleep 300; sleep 300) & echo $! > "${folderOf}/deaf"`,
  })
  const { evidence, place } = await end(run)
  assert.equal([evidence.exit, evidence.timedOut, warningsOf(evidence)], [{ code: 0, signal: null }, false, ['script-left-processes']])
  for (const name of ['child', 'deaf']) assert.not(isAlive(pidIn(place, name)), name)
  place.clean()
})

test('what ends by itself a moment after its script is let end, and nothing is told of it', async () => {
  const { evidence, place } = await end(begun({ body: `(sleep 0.2; echo > "${folderOf}/done") &` }))
  assert.equal(warningsOf(evidence), [])
  assert.ok(existsSync(join(place.folder, 'done')))
  place.clean()
})

test('it is ended also when nobody watches any more', async () => {
  const { place, runner } = begun({
    body: `sleep 300 & echo $! > "${folderOf}/child"; while [ ! -e "${folderOf}/go" ]; do sleep 0.05; done`,
  })
  await until(() => hasPid(place, 'child'), 'the script runs')
  await runner.close()
  const child = pidIn(place, 'child')
  assert.ok(isAlive(child))
  writeFileSync(join(place.folder, 'go'), '')
  await until(() => existsSync(join(runDirOf(place), 'exit')), 'the script has ended')
  assert.not(isAlive(child))
  place.clean()
})

test('a stop ends a script with all that it started, but for a daemon in a session of its own', async () => {
  const words = `setsid sh -c 'echo $$ > "$1"; exec sleep 300' sh "${folderOf}/daemon" & sh -c 'sleep 300 & echo $! > "$1"; wait' sh "${folderOf}/grandchild"; wait`
  const run = begun({ body: words })
  const { place, runner } = run
  // It says its pid itself: by then its session is its own.
  await until(() => hasPid(place, 'grandchild') && hasPid(place, 'daemon'), 'the script runs')
  runner.stop('run-1', stopLadderOf('script'))
  const { evidence } = await end(run)
  assert.is(evidence.exit?.code, 143)
  assert.equal([isAlive(pidIn(place, 'grandchild')), isAlive(pidIn(place, 'daemon'))], [false, true])
  process.kill(pidIn(place, 'daemon'), 'SIGKILL')
  place.clean()
})

test.run()
