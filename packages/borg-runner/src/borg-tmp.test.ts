/** A borg that is killed leaves its temporary files; nobody may find them afterwards, nor those of calls that are no runs. */
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { makeBorgTmp } from './borg-tmp.js'
import { allOf, atWork, backupEnd, fakeScene, until } from './fixtures/scene.js'
import { borgRunner } from './runner.js'

const kill = [{ signal: 'SIGKILL', target: 'group', waitMsMax: 10_000, untilCheckpoint: false }] as const

/** A scene whose borg writes a file where its temporary files belong before it does anything else. */
const writingScene = async () => {
  const place = await fakeScene({ kind: 'hang' })
  const [borg, told] = [join(place.folder, 'writing-borg'), join(place.folder, 'told')]
  const lines = ['#!/bin/sh', 'echo decrypted > "$TMPDIR/tmpabc"', `echo "$TMPDIR" >> '${told}'`, `exec '${place.options.borg}' "$@"`]
  writeFileSync(borg, `${lines.join('\n')}\n`)
  chmodSync(borg, 0o755)
  const tmps = join(place.options.dataDir, 'tmp')
  return { ...place, options: { ...place.options, borg }, tmps, left: () => (existsSync(tmps) ? readdirSync(tmps) : []) }
}

test('what a killed borg leaves goes with its run, and what a call leaves with the call', async () => {
  const place = await writingScene()
  const runner = borgRunner(place.options)
  const reports = runner.run(place.request())
  const all = allOf(reports)
  await atWork(reports)
  assert.ok(existsSync(join(place.tmps, 'run-1', 'tmpabc')), 'it writes there')
  runner.stop('run-1', kill)
  assert.is(backupEnd(await all).evidence.looked, true, 'a call looked for the archive')
  assert.equal(place.left(), [])
  await runner.close()
  await place.runner.close()
  place.clean()
})

test('a new runner removes what is there of processes that have gone, and nothing of those that have not', async () => {
  const place = await writingScene()
  const { dataDir } = place.options
  const first = borgRunner(place.options)
  const reports = first.run(place.request())
  const all = allOf(reports)
  await atWork(reports)
  for (const token of ['call-of-one-that-is-gone', 'run-that-is-gone']) await makeBorgTmp(dataDir, token)
  mkdirSync(join(dataDir, 'runs', 'run-about-to-start'))
  await makeBorgTmp(dataDir, 'run-about-to-start')
  await first.close()
  await all
  const next = borgRunner(place.options)
  const followed = allOf(next.follow(place.request()))
  await until(() => place.left().length === 2, 'what is left over is removed')
  assert.equal(place.left().sort(), ['run-1', 'run-about-to-start'])
  next.stop('run-1', kill)
  await followed
  assert.equal(place.left(), ['run-about-to-start'])
  await next.close()
  await place.runner.close()
  place.clean()
})

test('without room for a folder borg runs all the same', async () => {
  const place = await fakeScene({ kind: 'succeed' })
  rmSync(join(place.options.dataDir, 'tmp'), { recursive: true })
  writeFileSync(join(place.options.dataDir, 'tmp'), 'in the way')
  assert.is(backupEnd(await allOf(place.runner.run(place.request()))).evidence.exit?.code, 0)
  await place.runner.close()
  place.clean()
})

test.run()
