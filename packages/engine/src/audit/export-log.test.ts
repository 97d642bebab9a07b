import { inMemoryEventStore, type RecordedCommit } from '@borgledger/eventstore'
import { generatedHistory } from '@borgledger/testkit'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { exportLog, importedCommits } from './export-log.js'

const commits = [...generatedHistory({ jobs: 20, seed: 7, repositories: 2 })]
const log = inMemoryEventStore({ commits })

const linesOf = async (): Promise<string[]> => {
  let text = ''
  for await (const piece of exportLog(log)) text += piece
  return text.trimEnd().split('\n')
}
const restore = async (lines: ReadonlyArray<string>) => {
  const store = inMemoryEventStore()
  const feed = async function* () {
    yield* lines
  }
  const restored = await store.restore(importedCommits(feed()))()
  return { store, restored }
}
const faultOf = async (lines: ReadonlyArray<string>): Promise<string> => {
  const { store, restored } = await restore(lines)
  assert.ok(E.isLeft(restored), 'it is refused')
  const head = await store.head()
  assert.ok(E.isRight(head) && head.right.position === 0, 'nothing of it was taken')
  return restored.left.tag === 'Corrupt' ? restored.left.detail : restored.left.tag
}
const changed = (lines: ReadonlyArray<string>, line: number, change: (text: string) => string): ReadonlyArray<string> =>
  lines.map((text, index) => (index === line - 1 ? change(text) : text))

test('what is given out is taken in again, commit by commit', async () => {
  const { store, restored } = await restore(await linesOf())
  assert.ok(E.isRight(restored))
  const taken: RecordedCommit[] = []
  for await (const page of store.commits()) taken.push(...page)
  assert.equal(taken, commits)
  assert.equal(await store.head(), await log.head())
})

test('an empty log is given out and taken in', async () => {
  const lines: string[] = []
  for await (const piece of exportLog(inMemoryEventStore())) lines.push(...piece.trimEnd().split('\n'))
  assert.ok(E.isRight((await restore(lines)).restored))
})

test('a line that was tampered with is named', async () => {
  const lines = await linesOf()
  assert.match(await faultOf(changed(lines, 9, (text) => text.replace('"at":"2026', '"at":"2027'))), /line 9: the hash does not follow/)
  assert.match(await faultOf(changed(lines, 5, (text) => text.slice(0, -3))), /line 5: it is not JSON/)
  assert.match(await faultOf(changed(lines, 5, () => '{"commitId":1}')), /line 5: expected a commit/)
  assert.match(await faultOf(changed(lines, 1, () => '{"format":"other"}')), /line 1: expected/)
})

test('lines that were taken out, put in or swapped are named', async () => {
  const lines = await linesOf()
  assert.match(await faultOf(lines.filter((_, index) => index !== 6)), /line 7: the commit begins at \d+ instead of \d+/)
  assert.match(await faultOf([...lines.slice(0, 6), lines[5] ?? '', ...lines.slice(6)]), /line 7: the commit begins at/)
  assert.match(await faultOf([...lines.slice(0, 6), lines[7] ?? '', lines[6] ?? '', ...lines.slice(8)]), /line 7: /)
})

test('a file that was cut is refused, wherever it was cut', async () => {
  const lines = await linesOf()
  for (const length of [1, 2, 10, lines.length - 1])
    assert.match(await faultOf(lines.slice(0, length)), `line ${length + 1}: the file ends before the log does`)
  assert.match(await faultOf([...lines.slice(0, -3), lines.at(-1) ?? '']), /commits are missing/)
  assert.match(await faultOf([...lines, lines[2] ?? '']), /expected nothing behind the end/)
  assert.match(await faultOf([]), /line 1: the file ends/)
})

test.run()
