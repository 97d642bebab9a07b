/** The documents: links lead somewhere, the event catalogue is fresh, and an example prints what stands below it. */
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, normalize } from 'node:path'
import { promisify } from 'node:util'
import { hasBorg } from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { catalogueFile, eventCatalogue } from '../scripts/event-catalogue.js'
import { findFiles, packageFolders, readText, root } from './sources.js'

const topLevel = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md']
const documents = [...topLevel, ...findFiles(['docs', ...packageFolders], ['.md'])].map((path) => ({ path, text: readText(path) }))

/** As GitHub makes it from a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')

const anchorsIn = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchorOf(heading)))

const isBroken = (from: string, link: string): boolean => {
  const [file = '', anchor] = link.split('#')
  const target = file === '' ? from : normalize(join(dirname(from), file))
  if (!existsSync(join(root, target))) return true
  return anchor !== undefined && !anchorsIn(readText(target)).has(anchor)
}

/** The links of a text that lead into the project. */
const linksIn = (text: string): ReadonlyArray<string> =>
  [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/.test(link))

test('every link leads to a file or a heading that is there', () => {
  const broken = documents.flatMap(({ path, text }) =>
    linksIn(text)
      .filter((link) => isBroken(path, link))
      .map((link) => `${path}: ${link}`),
  )
  assert.equal(broken, [])
})

test('a link that leads nowhere is found', () => {
  assert.ok(isBroken('docs/events.md', 'nowhere.md'))
  assert.ok(isBroken('docs/events.md', '#nothing'))
  assert.not(isBroken('docs/events.md', '../README.md#the-loop'))
})

test('the event catalogue is fresh', () => {
  assert.ok(
    readFileSync(catalogueFile, 'utf8') === eventCatalogue(),
    'remedy: npx tsx --conditions=@borgledger/source scripts/event-catalogue.ts',
  )
})

test('every decision has its number once', () => {
  const numbers = findFiles(['docs/decisions'], ['.md']).map((path) => /\/(\d{4})-/.exec(path)?.[1])
  assert.equal(
    numbers,
    numbers.map((_, index) => String(index + 1).padStart(4, '0')),
  )
})

interface Example {
  readonly path: string
  readonly code: string
  readonly prints: string
}

/** A block of code with the block of text that stands right below it: what it prints. */
const examplesIn = ({ path, text }: { readonly path: string; readonly text: string }): ReadonlyArray<Example> =>
  [...text.matchAll(/^```ts\n([\s\S]*?)^```\n\n```text\n([\s\S]*?)^```/gm)].map(([, code = '', prints = '']) => ({ path, code, prints }))

/** Runs it from source in a folder of its own, with one file in `documents` and a passphrase in `LAPTOP_PASS`. */
const run = async (code: string): Promise<string> => {
  const folder = mkdtempSync(join(tmpdir(), 'example-'))
  try {
    mkdirSync(join(folder, 'documents'))
    writeFileSync(join(folder, 'documents/letter.txt'), 'Dear reader\n')
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    writeFileSync(join(folder, 'example.ts'), code)
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
    const flags = ['--conditions=@borgledger/source', '--import', 'tsx/esm', 'example.ts']
    const { FORCE_COLOR: _, ...colourless } = process.env
    const env = { ...colourless, LAPTOP_PASS: 'correct horse battery staple' }
    const { stdout } = await promisify(execFile)(process.execPath, flags, { cwd: folder, env, timeout: 60_000 })
    return stdout
  } finally {
    rmSync(folder, { recursive: true })
  }
}

for (const { path, code, prints } of documents.flatMap(examplesIn)) {
  const add = hasBorg() || !code.includes("type: 'backup'") ? test : test.skip
  add(`the example in ${path} prints what stands below it`, async () => assert.is(await run(code), prints))
}

test('the README has an example', () => {
  assert.is(documents.filter(({ path }) => path === 'README.md').flatMap(examplesIn).length, 1)
})

test.run()
