/** Whole logs as released versions wrote them: they are taken in, read and decided again in every run of the tests. */
import { readdirSync, readFileSync } from 'node:fs'
import { eventVersion } from '@borgledger/domain'
import { inMemoryEventStore, type RecordedCommit } from '@borgledger/eventstore'
import { looseLog, resealed } from '@borgledger/testkit'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { importedCommits } from './export-log.js'
import { verifyLedger } from './verify.js'

const folder = new URL('./fixtures/', import.meta.url)
const histories = readdirSync(folder).filter((file) => /^golden-history-v\d+.*\.jsonl$/.test(file))

async function* linesOf(file: string): AsyncGenerator<string> {
  yield* readFileSync(new URL(file, folder), 'utf8').trimEnd().split('\n')
}

test('there is a golden history of every version', () => {
  for (let version = 1; version <= eventVersion; version++)
    assert.ok(
      histories.some((file) => file.startsWith(`golden-history-v${version}`)),
      `version ${version}`,
    )
})

for (const file of histories) {
  test(`${file}: taken in, read, and decided again as it stands`, async () => {
    const store = inMemoryEventStore()
    const restored = await store.restore(importedCommits(linesOf(file)))()
    assert.ok(E.isRight(restored), E.isLeft(restored) ? JSON.stringify(restored.left) : '')
    const verdict = await verifyLedger({ store, readModels: null })
    const remedy = 'remedy: before the first release, run scripts/golden-history.ts; after it, raise rulesVersion and keep this file'
    assert.ok(verdict.ok, `${JSON.stringify(verdict.divergence)}\n${remedy}`)
  })

  test(`${file}: a decision in it that was changed is found`, async () => {
    const commits: RecordedCommit[] = []
    for await (const page of importedCommits(linesOf(file))) commits.push(...page)
    const forged = resealed(commits.map((commit, index) => (index === 5 ? { ...commit, command: '{"type":"OpenDispatch"}' } : commit)))
    assert.is((await verifyLedger({ store: looseLog(forged), readModels: null })).divergence?.cause, 'decision')
  })
}

test.run()
