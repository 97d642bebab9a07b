/** Every adapter of the event store port, found by its folder, is held to the whole conformance suite. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type ConformanceCase, conformanceCases, type Harness, lacking, memoryHarness } from '@borgledger/eventstore/conformance'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

const packages = fileURLToPath(new URL('../packages/', import.meta.url))
const adapters = readdirSync(packages).filter((name) => name.startsWith('eventstore-adapter-'))
const harnessOf = (adapter: string): string => join(packages, adapter, 'src/conformance.harness.ts')

const applies = ({ beyond = [] }: Harness, { needs = [] }: ConformanceCase): boolean => !needs.some((need) => beyond.includes(need))

const bind = (harness: Harness): void => {
  const test = suite(harness.name)
  for (const conformanceCase of conformanceCases.filter((one) => applies(harness, one))) {
    const add = lacking(harness, conformanceCase).length > 0 ? test.skip : test
    add(conformanceCase.title, () => conformanceCase.run(harness))
  }
  test.run()
}

const folders = suite('adapter folders')
folders('there is one at least, and each has a harness', () => {
  assert.ok(adapters.length > 0)
  for (const adapter of adapters)
    assert.ok(
      existsSync(harnessOf(adapter)),
      `packages/${adapter}: export \`harness\` from src/conformance.harness.ts, as its neighbours do`,
    )
})
folders('case ids are unique', () => {
  assert.is(new Set(conformanceCases.map(({ id }) => id)).size, conformanceCases.length)
})
folders.run()

bind(memoryHarness())
for (const adapter of adapters.filter((name) => existsSync(harnessOf(name)))) {
  const { harness }: { readonly harness: Harness } = await import(pathToFileURL(harnessOf(adapter)).href)
  assert.equal(harness.beyond ?? [], [], `${adapter}: an adapter is for keeps, so nothing is beyond it`)
  bind(harness)
}
