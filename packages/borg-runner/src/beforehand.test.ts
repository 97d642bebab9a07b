/** What keeps a run from beginning, and what is found of it by looking before. */
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { allOf, backupEnd, fakeScene, once } from './fixtures/scene.js'
import { borgRunner } from './runner.js'

test('a passphrase that cannot be had ends the run before it begins', () =>
  once(
    { kind: 'succeed' },
    async (_, place) => {
      const request = place.request({}, 'run-2')
      const reports = await allOf(place.runner.run({ ...request, repository: { ...request.repository, passphrase: { env: 'MISSING' } } }))
      const { evidence } = backupEnd(reports)
      assert.equal(evidence.lastError, { msgid: 'PasscommandFailure', message: 'MISSING is not set' })
      assert.is(evidence.exit, null)
      assert.equal(await place.runner.inspect('run-2')(), { report: 'never', liveness: 'gone' })
    },
    { resolveSecret: (ref) => ('env' in ref ? TE.left({ message: `${ref.env} is not set` }) : TE.right('secret')) },
  ))

test('a borg that is not there is told in the words of the shell', () =>
  once({ kind: 'succeed' }, async (_, place) => {
    const request = place.request({}, 'run-2')
    const missing = { ...request, repository: { ...request.repository, executable: '/nowhere/borg' } }
    const { evidence } = backupEnd(await allOf(place.runner.run(missing)))
    assert.is(evidence.exit?.code, 127)
    assert.match(evidence.lastError?.message ?? '', '/nowhere/borg')
    assert.is((await place.runner.preflight(missing)()).executableProblem, '/nowhere/borg is no program that can be run')
  }))

test('the preflight names a tool of the shell that is missing', async () => {
  const place = await fakeScene({ kind: 'succeed' })
  const bare = borgRunner({ ...place.options, env: { PATH: '/nowhere' } })
  assert.is((await bare.preflight(place.request())()).executableProblem, 'there is no flock on the path')
  await bare.close()
  await place.runner.close()
  place.clean()
})

test('sources that are gone after the run are named, and before it by the preflight', () =>
  once({ kind: 'succeed' }, async (_, place) => {
    const sources = [place.source, join(place.folder, 'not-there')]
    const request = place.request({ sources }, 'run-2')
    const { evidence } = backupEnd(await allOf(place.runner.run(request)))
    assert.equal(evidence.missingSources, [join(place.folder, 'not-there')])
    const { missingSources, ...problems } = await place.runner.preflight(request)()
    assert.equal(missingSources, [join(place.folder, 'not-there')])
    assert.equal(problems, { passphraseProblem: null, executableProblem: null, destinationProblem: null })
  }))

test('a folder of runs that cannot be written ends the run before it begins, and says why', async () => {
  const place = await fakeScene({ kind: 'succeed' })
  writeFileSync(join(place.options.dataDir, 'runs'), 'a file stands in the way')
  const { evidence } = backupEnd(await allOf(place.runner.run(place.request())))
  assert.is(evidence.exit, null)
  assert.match(evidence.lastError?.message ?? '', 'ENOTDIR')
  await place.runner.close()
  place.clean()
})

test('an id that could be a path is refused', async () => {
  const place = await fakeScene({ kind: 'succeed' })
  assert.throws(() => place.runner.inspect('../elsewhere'))
  const refused = await allOf(place.runner.run({ ...place.request(), jobId: '../../job' })).catch((error: Error) => error.message)
  assert.is(refused, 'not an id: "../../job"')
  assert.not(existsSync(join(place.folder, 'job.log')))
  await place.runner.close()
  place.clean()
})

test('an existing repository is left as it is', () =>
  once({ kind: 'succeed' }, async (_, place) => {
    const again = await place.runner.create(place.repository, 'none')()
    assert.ok(E.isLeft(again) && again.left.tag === 'BorgFailed')
    assert.is(again.left.msgid, 'Repository.AlreadyExists')
    const identity = await place.runner.identify(place.repository)()
    assert.ok(E.isRight(identity) && /^[0-9a-f]{64}$/.test(identity.right.borgId))
  }))

test.run()
