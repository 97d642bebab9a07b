/** Every package.json agrees with what is imported beside it, so that a package works where it is installed alone. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { outward, packageFolders, packageOf, product, root, type Source, sources } from './sources.js'

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}
const manifestOf = (folder: string): Manifest => JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
const namesIn = (...lists: ReadonlyArray<Readonly<Record<string, string>> | undefined>): ReadonlySet<string> =>
  new Set(lists.flatMap((list) => Object.keys(list ?? {})))

const importedBy = (folder: string, all: ReadonlyArray<Source>): ReadonlySet<string> =>
  new Set(
    all
      .filter((source) => source.folder === folder)
      .flatMap(outward)
      .map(packageOf)
      .filter((name) => name !== 'node'),
  )

/** A peer that is there for the sake of another package's types. */
const peersOfPeers = new Set(['fp-ts', 'io-ts', 'rxjs'])

for (const folder of packageFolders)
  test(`${folder}/package.json depends on what is imported there, and on nothing else`, () => {
    const { dependencies, peerDependencies } = manifestOf(folder)
    const declared = namesIn(dependencies, peerDependencies)
    const imported = importedBy(folder, product)
    assert.equal(
      [...imported].filter((name) => !declared.has(name)),
      [],
      'remedy: npm i -w <package> <dependency>',
    )
    assert.equal(
      [...declared].filter((name) => !imported.has(name) && !peersOfPeers.has(name)),
      [],
      'remedy: npm uninstall -w <package> <dependency>',
    )
  })

test('tests import what their package or the workspace declares', () => {
  const shared = namesIn(manifestOf('.').devDependencies, { '@borgledger/testkit': '' })
  const wrong = packageFolders.flatMap((folder) => {
    const { dependencies, peerDependencies, devDependencies } = manifestOf(folder)
    const declared = namesIn(dependencies, peerDependencies, devDependencies)
    return [...importedBy(folder, sources)]
      .filter((name) => !declared.has(name) && !shared.has(name))
      .map((name) => `${folder} uses ${name}`)
  })
  assert.equal(wrong, [])
})

test.run()
