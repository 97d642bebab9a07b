/** Locks that are broken because a person said so, calls that end with the runner, and calls that die with their host. On real borg where it is. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { hasBorg, isAlive, type Scene, scene, until } from './fixtures/scene.js'
import { borgRunner } from './runner.js'

const withBorg = hasBorg() ? test : test.skip

const held = (place: Scene, holder: string): void => {
  mkdirSync(join(place.repository.location, 'lock.exclusive'))
  writeFileSync(join(place.repository.location, 'lock.exclusive', `${holder}-0`), '')
}

withBorg('a lock that is held is broken whoever holds it, who is named before; where there is none nobody is', async () => {
  const place = scene()
  const runner = borgRunner(place.options)
  assert.ok(E.isRight(await runner.create(place.repository, 'none')()))
  assert.equal(await runner.lockHolders(place.repository)(), [])
  assert.equal(await runner.breakLock(place.repository)(), E.right(undefined))
  const strangers = ['other@host.4711', `${place.options.hostId}.4194303`]
  for (const holder of strangers) {
    held(place, holder)
    assert.equal(await runner.lockHolders(place.repository)(), [holder])
    assert.equal(await runner.breakLock(place.repository)(), E.right(undefined), holder)
    assert.not(existsSync(join(place.repository.location, 'lock.exclusive')))
  }
  assert.equal(await runner.archives(place.repository)(), E.right([]))
  await runner.close()
  place.clean()
})

test('who holds a lock on the other side cannot be seen from here', async () => {
  const place = scene()
  const runner = borgRunner(place.options)
  assert.is(await runner.lockHolders({ ...place.repository, location: 'ssh://anna@host/backups' })(), null)
  await runner.close()
  place.clean()
})

/** A borg that says who it is, in `pid`, and goes on for longer than anybody waits. */
const endless = async (place: Scene): Promise<string> => {
  const borg = join(place.folder, 'endless-borg')
  await writeFile(
    borg,
    `#!/bin/sh\necho "$$" > '${place.folder}/pid.tmp' && mv '${place.folder}/pid.tmp' '${place.folder}/pid'\nexec sleep 600\n`,
  )
  await chmod(borg, 0o755)
  return borg
}

const isRunning = (place: Scene): boolean => isAlive(Number(readFileSync(join(place.folder, 'pid'), 'utf8')))

test('closing the runner ends the calls under way, and says that nothing is known of them', async () => {
  const place = scene()
  const runner = borgRunner({ ...place.options, borg: await endless(place) })
  const listing = runner.archives(place.repository)()
  await until(() => existsSync(join(place.folder, 'pid')), 'borg is at work')
  await runner.close()
  assert.not(isRunning(place))
  const answer = await listing
  assert.is(E.isLeft(answer) && answer.left.tag, 'Closed')
  const late = await runner.archives(place.repository)()
  assert.is(E.isLeft(late) && late.left.tag, 'Closed')
  place.clean()
})

test('a call dies with its host, also when that is killed', async () => {
  const place = scene()
  const { dataDir, hostId } = place.options
  const options = { dataDir, hostId, borg: await endless(place) }
  const host = callingHost({ options, repository: place.repository })
  await until(() => existsSync(join(place.folder, 'pid')), 'borg is at work')
  host.kill('SIGKILL')
  await once(host, 'exit')
  await until(() => !isRunning(place), 'borg is gone')
  place.clean()
})

const callingHost = (asked: object): ChildProcess => {
  const flags = ['--conditions=@borgledger/source', '--import', 'tsx/esm']
  const host = fileURLToPath(new URL('./fixtures/calling-host.ts', import.meta.url))
  return spawn(process.execPath, [...flags, host, JSON.stringify(asked)], { stdio: ['ignore', 'ignore', 'inherit'] })
}

test.run()
