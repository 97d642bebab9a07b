/** The habits of style that can be checked by looking at the text. Each failure names its remedy; how long a function may be, the linter says. */
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { findFiles, readText, sources } from './sources.js'

const rest = findFiles(['test', 'examples', 'bench', 'scripts'], ['.ts', '.tsx', '.mjs'])
const all: ReadonlyArray<{ readonly path: string; readonly text: string }> = [
  ...sources,
  ...rest.map((path) => ({ path, text: readText(path) })),
]
const suites = all.filter(({ path }) => path.endsWith('.test.ts'))

/** Where each line that matches stands. Comments count too: a pattern that may be written about goes through `code`. */
const linesWith = (files: ReadonlyArray<{ readonly path: string; readonly text: string }>, pattern: RegExp): ReadonlyArray<string> =>
  files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : [])),
  )

/** The same lines without comments and texts. */
const code = <F extends { readonly text: string }>(file: F): F => ({
  ...file,
  text: file.text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
    .replace(/(^|\s)\/\/.*$/gm, '$1')
    .replace(/'(?:[^'\\\n]|\\.)*'/g, "''"),
})

const linesMax = 200

test(`no file is longer than ${linesMax} lines`, () => {
  const long = all.map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length })).filter(({ lines }) => lines > linesMax)
  assert.equal(long, [], 'remedy: a second idea is in it; give that a file of its own')
})

test('no file or folder has a name that says nothing', () => {
  const empty = /(^|[/.-])(utils?|helpers?|common|managers?|services?|misc)([/.-]|$)/
  assert.equal(
    all.map(({ path }) => path).filter((path) => empty.test(path)),
    [],
    'remedy: name it after what it is about',
  )
})

/** Lines of the comment at the top, its delimiters included; 0 when there is none. */
const headerLines = (text: string): number =>
  (/^(?:#!.*\n)?(?:\/\*\*[\s\S]*?\*\/|(?:\/\/.*\n)+)/.exec(text)?.[0] ?? '')
    .trimEnd()
    .split('\n')
    .filter((line) => line !== '').length

const headerLinesMax = 9

test('every source opens with a short comment of what it is for', () => {
  const untold = all.filter(({ path }) => !path.endsWith('.test.ts')).map(({ path, text }) => ({ path, lines: headerLines(text) }))
  assert.equal(
    untold.filter(({ lines }) => lines === 0 || lines > headerLinesMax),
    [],
    'remedy: one to five lines: what is it for, what does it promise, in which units?',
  )
})

test('everything is exported by its name', () => {
  const built = all.filter(({ path }) => !path.endsWith('.boot.mjs')).map(code)
  assert.equal(linesWith(built, /^export (default|\*)|^export \{.*\bas default\b/), [])
})

test('the rules and the engine get time, ids and chance as data', () => {
  const pure = sources.filter(
    ({ path, isTest }) =>
      !isTest && /^packages\/(domain|engine)\//.test(path) && !/^packages\/engine\/src\/ports\/(clock|ids)\.ts$/.test(path),
  )
  const impure =
    /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\brandom(UUID|Bytes)\b|\bperformance\.now\b|\bhrtime\b|\bset(Timeout|Interval)\b/
  assert.ok(pure.length > 50)
  assert.equal(linesWith(pure.map(code), impure), [], 'remedy: take it from the command, or from the clock or ids port')
})

test('nothing is left for later', () => {
  const later = new RegExp(['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX'].map((word) => `\\b${word}\\b`).join('|'))
  assert.equal(linesWith(all, later), [])
})

test('the checks of types and style are not switched off in a line', () => {
  const off = new RegExp(['@ts-' + 'ignore', '@ts-' + 'expect-error', '@ts-' + 'nocheck', 'biome-' + 'ignore'].join('|'))
  assert.equal([...linesWith(all, off), ...linesWith(all.map(code), /\bas any\b/)], [])
})

/** The names by which a suite's tests are added: uvu's own `test`, and what `suite()` gave. */
const suiteNames = (text: string): ReadonlyArray<string> => [
  ...(/import \{[^}]*\btest\b[^}]*\} from 'uvu'/.test(text) ? ['test'] : []),
  ...[...text.matchAll(/^ *const (\w+) = suite(?:<[^(]*>)?\(/gm)].flatMap(([, name]) => name ?? []),
]

test('every suite is run', () => {
  const unrun = suites.flatMap(({ path, text }) => {
    const names = suiteNames(text)
    const missing = names.filter((name) => !new RegExp(`^ *${name}\\.run\\(\\)`, 'm').test(text))
    return names.length === 0 ? [`${path}: no suite`] : missing.map((name) => `${path}: ${name}`)
  })
  assert.equal(unrun, [], 'remedy: end the file with `test.run()`')
})

test('no test is singled out', () => {
  assert.equal(linesWith(suites.map(code), /\.only\(/), [])
})

test('a comment or a text is no code', () => {
  assert.equal(linesWith([code({ path: 'a', text: "/* Date.now */ const b = 'Date.now' // Date.now" })], /Date\.now/), [])
  assert.equal(linesWith([code({ path: 'a', text: 'const b = Date.now()' })], /Date\.now/), ['a:1 const b = Date.now()'])
})

test.run()
