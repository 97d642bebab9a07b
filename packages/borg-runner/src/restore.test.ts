/** Restoring with real borg: into a folder of this machine, and through ssh, for which a small program stands in. */
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type Archived, archived, second } from './fixtures/archived.js'
import { allOf, evidenceIn, hasBorg, logLines, passphrase } from './fixtures/scene.js'
import { borgRunner } from './runner.js'

const it = hasBorg() ? test : test.skip
let place: Archived
test.before(async () => {
  if (hasBorg()) place = await archived()
})
test.after(async () => {
  if (hasBorg()) await place.close()
})

const good = { code: 0, signal: null }
const extract = (path: string, changes: object = {}) =>
  ({ kind: 'extract', archive: second, paths: [], destination: { path }, stripComponents: 0, ...changes }) as const

/** What stands at the sources' place below a folder. */
const restored = (folder: string, ...path: ReadonlyArray<string>): string => join(folder, place.source, ...path)

it('everything comes back below the destination, which is made for it', async () => {
  const destination = join(place.folder, 'new', 'place')
  const reports = await place.did(extract(destination))
  const evidence = evidenceIn(reports, 'extract')
  assert.equal([evidence.exit, evidence.unmatched, evidence.lock], [good, [], null])
  assert.equal(readdirSync(restored(destination)).sort(), readdirSync(place.source).sort())
  assert.is(readFileSync(restored(destination, 'with blank'), 'utf8'), 'a file with a blank in its name')
  assert.is(readlinkSync(restored(destination, 'link')), 'below/one')
  assert.ok(reports.some((report) => report.tag === 'Progressed' && report.progress.percent !== null))
})

it('chosen paths come back, with or without the leading slash; their first folders can be left out', async () => {
  const destination = join(place.folder, 'chosen')
  const paths = [join(place.source, 'below'), join(place.source, 'later').slice(1)]
  const stripComponents = place.source.split('/').length - 1
  const evidence = evidenceIn(await place.did(extract(destination, { paths, stripComponents })), 'extract')
  assert.equal([evidence.exit, evidence.unmatched], [good, []])
  assert.equal(readdirSync(destination).sort(), ['below', 'later'])
})

it('a path at which there is nothing is told as it was asked for; signs that mean something in patterns are but signs', async () => {
  const destination = join(place.folder, 'unmatched')
  const paths = [`${place.source}/no/such/`, `${place.source}/*`, join(place.source, 'later')]
  const { unmatched, exit } = evidenceIn(await place.did(extract(destination, { paths })), 'extract')
  assert.equal([...unmatched].sort(), [`${place.source}/*`, `${place.source}/no/such/`])
  assert.ok(exit?.code === 1 || exit?.code === 101)
  assert.equal(readdirSync(restored(destination)), ['later'])
})

it('an archive that is not there is named by borg’s own key', async () => {
  const evidence = evidenceIn(await place.did(extract(join(place.folder, 'none'), { archive: 'no-such' })), 'extract')
  assert.is(evidence.lastError?.msgid, 'Archive.DoesNotExist')
})

it('a destination that cannot be made ends the run before it begins', async () => {
  writeFileSync(join(place.folder, 'a-file'), '')
  const evidence = evidenceIn(await place.did(extract(join(place.folder, 'a-file', 'below'))), 'extract')
  assert.is(evidence.exit, null)
  assert.match(evidence.lastError?.message ?? '', 'a-file is no folder')
})

/** Stands in for ssh: writes down its words, then does `then`; `remote` runs there what it was told. */
const throughSsh = async (name: string, then: string, destination: object) => {
  const bin = join(place.folder, name)
  mkdirSync(bin)
  writeFileSync(join(bin, 'ssh'), `#!/bin/sh\nprintf '%s\\n' "$@" > '${bin}/words'\nfor last; do :; done\n${then}\n`)
  chmodSync(join(bin, 'ssh'), 0o755)
  const runner = borgRunner({
    ...place.options,
    resolveSecret: () => TE.right(passphrase),
    env: { ...process.env, PATH: `${bin}:${process.env['PATH']}` },
  })
  const reports = await allOf(runner.run(place.ask(extract('', { destination }), `run-${name}`)))
  await runner.close()
  return { evidence: evidenceIn(reports, 'extract'), words: readFileSync(join(bin, 'words'), 'utf8').trimEnd().split('\n') }
}

it('over ssh everything comes back on the other side, whatever its folder is called', async () => {
  const path = join(place.folder, "there's a $HOME")
  const { evidence, words } = await throughSsh('far', 'exec sh -c "$last"', { ssh: 'anna@far', path, port: 2222 })
  assert.equal([evidence.exit, evidence.lastError, evidence.unmatched], [good, null, []])
  assert.equal(readdirSync(restored(path)).sort(), readdirSync(place.source).sort())
  assert.is(readFileSync(restored(path, 'below', 'one'), 'utf8'), 'the first file')
  assert.equal(words.slice(-5, -1), ['-p', '2222', '--', 'anna@far'])
  for (const option of ['-oBatchMode=yes', '-oStrictHostKeyChecking=yes', '-oServerAliveInterval=15']) assert.ok(words.includes(option))
})

it('an ssh that fails fails the restore, in its own words', async () => {
  const then = 'echo "Host key verification failed." >&2; exit 255'
  const { evidence } = await throughSsh('refused', then, { ssh: 'far', path: '/far' })
  assert.is(evidence.exit?.code, 2)
  assert.equal(evidence.lastError, { msgid: 'ConnectionClosedWithHint', message: 'the destination: Host key verification failed.' })
  assert.ok(logLines(place).some((line) => line.includes('ssh: Host key verification failed.')))
})

it('a tar that fails on the other side fails the restore, though borg ended well', async () => {
  const { evidence } = await throughSsh('full', 'cat >/dev/null; echo "tar: No space left on device" >&2; exit 2', {
    ssh: 'far',
    path: '/far',
  })
  assert.is(evidence.exit?.code, 2)
  assert.match(evidence.lastError?.message ?? '', 'No space left')
})

it('the preflight names a destination that cannot be, wherever a link leads', async () => {
  const problemOf = async (path: string) =>
    (await place.runner.preflight({ repository: place.repository, work: extract(path) })()).destinationProblem
  const { dataDir } = place.options
  symlinkSync(dataDir, join(place.folder, 'way-in'))
  writeFileSync(join(place.folder, 'file'), '')
  assert.is(await problemOf(join(place.folder, 'not', 'yet', 'there')), null)
  assert.is(await problemOf(`${dataDir}-beside`), null)
  for (const path of [dataDir, join(dataDir, 'new'), join(place.folder, 'way-in', 'new')])
    assert.is(await problemOf(path), `${path} lies in the data directory`)
  assert.match((await problemOf(join(place.folder, 'file'))) ?? '', 'is no folder')
  assert.match((await problemOf(join(place.folder, 'file', 'below'))) ?? '', 'cannot be made')
  assert.is(existsSync(join(place.folder, 'not')), false)
})

test.run()
