/** A restore to another machine is cancelled while that machine stands still: all that is ours ends at once, not when ssh notices. */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RunWork, StopRung } from '@borgledger/domain'
import type { Runner } from '@borgledger/engine'
import { kill } from '@borgledger/testkit'
import { type LoopbackSshd, loopbackSshd } from '@borgledger/testkit/loopback-sshd'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type Archived, archived } from './fixtures/archived.js'
import { canBeRemote } from './fixtures/remote.js'
import { allOf, passphrase, until } from './fixtures/scene.js'
import { readIdentity, sightOf } from './process/identity.js'
import { type RunDir, runDir } from './run-dir.js'
import { borgRunner } from './runner.js'

const it = canBeRemote() ? test : test.skip
let place: Archived
let sshd: LoopbackSshd
let runner: Runner
test.before(async () => {
  if (!canBeRemote()) return
  place = await archived()
  sshd = await loopbackSshd(join(place.folder, 'sshd'), waitingTar(place.folder))
  const ssh = { configFile: sshd.clientConfig, aliveEveryS: 600 }
  runner = borgRunner({ ...place.options, ssh, tailMs: 20, resolveSecret: () => TE.right(passphrase) })
})
test.after(async () => {
  if (!canBeRemote()) return
  await sshd.close()
  await runner.close()
  await place.close()
})

/** A folder with a tar for the other side, which says that it is there and takes nothing: so no session ends before it is made to stand still. */
const waitingTar = (folder: string): string => {
  const programs = join(folder, 'programs')
  mkdirSync(programs)
  writeFileSync(join(programs, 'tar'), `#!/bin/sh\n: > '${folder}/there'\nexec sleep 600\n`, { mode: 0o755 })
  return programs
}

const terminate: StopRung = { signal: 'SIGTERM', target: 'process', waitMsMax: 10_000, untilCheckpoint: false }

/** The other side stands still as soon as its tar is there; the cancel comes when it is due. */
const cancelled = async (name: string, bytes: number, isDue: (run: RunDir) => boolean) => {
  writeFileSync(join(place.source, 'large'), randomBytes(bytes))
  await place.archive(name)
  const destination = { ssh: sshd.target, port: sshd.port, path: join(place.folder, `far-${name}`) }
  const work: RunWork = { kind: 'extract', archive: name, paths: [], destination, stripComponents: 0 }
  const run = runDir(place.options.dataDir, `run-${name}`)
  const all = allOf(runner.run(place.ask(work, `run-${name}`)))
  const there = join(place.folder, 'there')
  await until(() => existsSync(there), 'the other side is at work')
  rmSync(there)
  for (const pid of sshd.sessions()) kill(pid, 'SIGSTOP')
  await until(() => isDue(run), 'it is time to cancel')
  runner.stop(`run-${name}`, [terminate])
  await all
  return [run.pid, run.sinkPid].map((path) => {
    const process = readIdentity(path)
    return process && sightOf(process)
  })
}

it('while borg has more to give than the other side takes', async () => {
  assert.equal(await cancelled('much', 60_000_000, (run) => readIdentity(run.pid) !== null && !existsSync(join(run.path, 'borg-exit'))), [
    'gone',
    'gone',
  ])
})

it('when borg has given all and is gone', async () => {
  assert.equal(await cancelled('little', 10, (run) => existsSync(join(run.path, 'borg-exit'))), ['gone', 'gone'])
})

test.run()
