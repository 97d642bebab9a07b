/** What people would install: packed, installed into an empty folder, imported and used there, on every Node that is supported. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { entriesOf, installPacked, nodes, packAll } from './packed.js'
import { root } from './sources.js'

const execute = promisify(execFile)
const place = mkdtempSync(join(tmpdir(), 'packed-'))
test.after(() => rmSync(place, { recursive: true }))

const packed = await packAll(join(place, 'tarballs'))
const consumer = join(place, 'consumer')
await installPacked(consumer, packed)

for (const { name, tarball, files } of packed) {
  test(`${name} is packed without tests, fixtures and the compiler's notes`, () => {
    assert.equal(
      files.filter((path) => /\.test\.|\/fixtures\/|\.tsbuildinfo$/.test(path)),
      [],
    )
    for (const needed of ['package.json', 'dist/index.js', 'dist/index.d.ts']) assert.ok(files.includes(needed), needed)
  })

  test(`${name} is what package.json says, as strict publint sees it`, async () => {
    const { buffer } = new Uint8Array(readFileSync(tarball))
    const { messages, pkg } = await publint({ pack: { tarball: buffer }, strict: true })
    assert.equal(
      messages.map((message) => formatMessage(message, pkg ?? {}, { color: false })),
      [],
    )
  })
}

const entries = packed.flatMap(entriesOf)

for (const [name, program] of await nodes()) {
  test(`every entry can be imported and required on Node ${name}`, async () => {
    const { stdout } = await execute(program, ['import-all.mjs', ...entries], { cwd: consumer })
    assert.is(stdout.trim().split('\n').length, entries.length)
  })

  test(`a job runs through the installed library on Node ${name}`, async () => {
    const { stdout } = await execute(program, ['run-job.mjs', join(place, `job-${name}`)], { cwd: consumer, timeout: 60_000 })
    assert.is(stdout, 'backup completed, success; verified: true\n')
  })
}

test('the declarations are whole: a strict program compiles against them', async () => {
  const options = [
    '--noEmit',
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2022',
    '--types',
    'node',
    '--typeRoots',
    join(root, 'node_modules/@types'),
  ]
  const ran = await execute(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), ...options, 'types.ts'], {
    cwd: consumer,
  }).catch(({ stdout }: { readonly stdout: string }) => ({ stdout }))
  assert.is(ran.stdout, '')
})

test.run()
