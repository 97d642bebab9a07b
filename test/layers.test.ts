/** Who may import whom: rooms (packages), doors (`index.ts`), and no circles. Type imports count like all others. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { outward, packageFolders, packageOf, product, root, type Source, sources } from './sources.js'

/** By room: the packages that its sources may import. `node` stands for Node's own modules. Down only: a room stands below those that name it. */
const rooms: Readonly<Record<string, ReadonlyArray<string>>> = {
  'packages/domain': ['fp-ts', 'io-ts', 'croner'],
  'packages/eventstore': ['node', 'fp-ts', 'rxjs'],
  'packages/eventstore-adapter-sqlite': ['node', 'fp-ts', 'rxjs', '@borgledger/eventstore', '@photostructure/sqlite'],
  'packages/engine': ['node', 'fp-ts', 'io-ts', 'rxjs', 'node-schedule', 'pino', 'uuidv7', '@borgledger/domain', '@borgledger/eventstore'],
  'packages/readmodels-sqlite': [
    'node',
    'fp-ts',
    '@borgledger/domain',
    '@borgledger/engine',
    '@borgledger/eventstore',
    'eventstore-adapter-sqlite/driver',
  ],
  'packages/borg-runner': ['node', 'fp-ts', 'io-ts', 'rxjs', 'tinypool', '@borgledger/domain', '@borgledger/engine'],
  'packages/notifier': ['node', 'fp-ts', 'nodemailer', '@borgledger/domain', '@borgledger/engine'],
  'packages/testkit': [
    'node',
    'fp-ts',
    'io-ts',
    'rxjs',
    'fast-check',
    '@borgledger/domain',
    '@borgledger/engine',
    '@borgledger/eventstore',
  ],
  'packages/borgledger': [
    'node',
    'fp-ts',
    'io-ts',
    'rxjs',
    'pino',
    '@borgledger/borg-runner',
    '@borgledger/domain',
    '@borgledger/engine',
    '@borgledger/eventstore',
    '@borgledger/notifier',
    '@borgledger/readmodels-sqlite',
    'eventstore-adapter-sqlite',
  ],
  host: [
    'node',
    'fp-ts',
    'io-ts',
    'rxjs',
    'pino',
    'hono',
    '@hono/node-server',
    'commander',
    'cli-progress',
    'borgledger',
    '@borgledger/domain',
  ],
}

test('every room is in the table', () => {
  assert.equal(Object.keys(rooms).sort(), [...packageFolders].sort())
})

test('a room imports what the table allows it', () => {
  const wrong = product.flatMap((source) =>
    outward(source)
      .filter((specifier) => ![specifier, packageOf(specifier)].some((name) => rooms[source.folder]?.includes(name)))
      .map((specifier) => `${source.path} imports ${specifier}`),
  )
  assert.equal(wrong, [], 'remedy: move the code to a room above, or hand it in as an argument')
})

test('no import reaches out of its own package by a path', () => {
  const wrong = sources.flatMap((source) =>
    source.imports
      .filter(({ target }) => target !== null && !target.startsWith(`${source.folder}/`))
      .map(({ specifier }) => `${source.path} imports ${specifier}`),
  )
  assert.equal(wrong, [], "remedy: import from the package's name")
})

test('every relative import means a file that is there', () => {
  const wrong = sources.flatMap(({ path, imports }) =>
    imports
      .filter(({ target }) => target !== null && !existsSync(join(root, target)))
      .map(({ specifier }) => `${path} imports ${specifier}`),
  )
  assert.equal(wrong, [])
})

/**
 * The facts of a noun: what happened, the state that it folds to, and the words for both. The ledger's whole state is made of them, and deciders are
 * made on that; so they are imported from the file, where the door would lead in a circle. Whatever decides is reached through the door.
 */
const facts = new Set(
  ['events', 'state', 'evidence', 'job-type', 'series', 'spec', 'overtaken', 'logs-due', 'end-job'].map((name) => `${name}.ts`),
)

/** The folder directly below `src` in which a file stands, when that folder has a door. */
const roomWithDoor = (path: string, folder: string): string | null => {
  const [room, ...rest] = path.slice(`${folder}/src/`.length).split('/')
  return rest.length > 0 && existsSync(join(root, folder, 'src', room ?? '', 'index.ts')) ? `${folder}/src/${room}` : null
}

const entersAside = (source: Source, target: string): boolean => {
  const entered = roomWithDoor(target, source.folder)
  if (entered === null || source.path.startsWith(`${entered}/`) || target === `${entered}/index.ts`) return false
  return source.folder !== 'packages/domain' || !facts.has(target.slice(`${entered}/`.length))
}

test('a room inside a package is entered by its door', () => {
  const wrong = product.flatMap((source) =>
    source.imports.flatMap(({ target }) => (target !== null && entersAside(source, target) ? [`${source.path} imports ${target}`] : [])),
  )
  assert.equal(wrong, [], 'remedy: export it from the index.ts of its folder and import that')
})

/** The first circle from `path` back to itself, if there is one. */
const circleFrom = (start: string, edges: ReadonlyMap<string, ReadonlyArray<string>>): ReadonlyArray<string> | null => {
  const from = new Map<string, string>()
  const queue = [start]
  for (let at = queue.shift(); at !== undefined; at = queue.shift())
    for (const next of edges.get(at) ?? []) {
      if (from.has(next)) continue
      from.set(next, at)
      if (next === start) return wayTo(start, from)
      queue.push(next)
    }
  return null
}

const wayTo = (start: string, from: ReadonlyMap<string, string>): ReadonlyArray<string> => {
  const way = [start]
  for (let at = from.get(start); at !== undefined && at !== start; at = from.get(at)) way.unshift(at)
  return [start, ...way]
}

const edgesOf = (all: ReadonlyArray<Source>): ReadonlyMap<string, ReadonlyArray<string>> =>
  new Map(all.map(({ path, imports }) => [path, imports.flatMap(({ target }) => (target === null ? [] : [target]))]))

test('no file imports itself in a circle', () => {
  const edges = edgesOf(sources)
  const circles = [...edges.keys()].map((path) => circleFrom(path, edges)).filter((circle) => circle !== null)
  assert.equal(
    circles.map((circle) => circle.join(' -> ')),
    [],
    'remedy: move what both need into a file of its own',
  )
})

test('a circle is found', () => {
  const edges = new Map([
    ['a', ['b']],
    ['b', ['c', 'a']],
    ['c', []],
  ])
  assert.equal(circleFrom('a', edges), ['a', 'b', 'a'])
  assert.is(circleFrom('c', edges), null)
})

test.run()
