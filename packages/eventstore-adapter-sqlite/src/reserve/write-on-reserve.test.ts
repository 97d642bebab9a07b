import { draftCommit } from '@borgledger/eventstore'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { commitOf } from '../fixtures/logs.js'
import type { Draft } from '../log-writer.js'
import type { BatchOutcome } from '../write-batch.js'
import { writeOnReserve } from './index.js'

const draft = (n: number, mayUseReserve: boolean): Draft => ({ commit: draftCommit(commitOf(n)), condition: undefined, mayUseReserve })
const [ordinary, favoured, another] = [draft(1, false), draft(2, true), draft(3, true)]
const full = { tag: 'Full', detail: 'database or disk is full' } as const
const failed: BatchOutcome = { tag: 'Failed', answer: () => full, isSuspect: false }
const written = (drafts: ReadonlyArray<Draft>): BatchOutcome => ({
  tag: 'Written',
  answers: drafts.map(({ commit }) => E.right({ first: 1, last: 3, hash: commit.commitId })),
  head: 3,
})

/** A disk on which nothing fits before so many slices were given back to it, with what was tried. */
const diskWith = (missing: number, slices: number, then: (drafts: ReadonlyArray<Draft>) => BatchOutcome = written) => {
  const tried: string[] = []
  let given = 0
  const attempt = (drafts: ReadonlyArray<Draft>): BatchOutcome => {
    tried.push(drafts.map(({ commit }) => commit.commitId).join(' '))
    return given < missing ? failed : then(drafts)
  }
  const giveBack = (): boolean => given < slices && ++given > 0
  return { tried, given: () => given, write: writeOnReserve(attempt, { refusal: () => (given === 0 ? null : full), giveBack }) }
}

const answersOf = (outcome: BatchOutcome): ReadonlyArray<string> =>
  outcome.tag === 'Written' ? outcome.answers.map((answer) => (E.isRight(answer) ? answer.right.hash : answer.left.tag)) : [outcome.tag]

test('with space on the disk nothing is given back', () => {
  const disk = diskWith(0, 4)
  assert.equal(answersOf(disk.write([ordinary, favoured])), ['c1', 'c2'])
  assert.equal([disk.tried, disk.given()], [['c1 c2'], 0])
})

test('on a full disk no more is given back than is needed, and each gets its own answer', () => {
  const disk = diskWith(2, 4)
  assert.equal(answersOf(disk.write([favoured, ordinary, another])), ['c2', 'Full', 'c3'])
  assert.equal([disk.tried, disk.given()], [['c2 c1 c3', 'c2 c3', 'c2 c3', 'c2 c3'], 2])
})

test('who may not use it gives nothing back, and is not tried while it is in use', () => {
  const disk = diskWith(1, 4)
  const met = disk.write([ordinary])
  assert.equal([met.tag === 'Failed' && met.answer('c1').tag, disk.given()], ['Full', 0])
  disk.write([favoured])
  const before = disk.tried.length
  const refused = disk.write([ordinary])
  assert.is(refused.tag === 'Failed' && refused.answer('c1').tag, 'Full')
  assert.is(disk.tried.length, before)
})

test('once all is given back in vain, all are told that the disk is full', () => {
  const disk = diskWith(9, 4)
  const outcome = disk.write([ordinary, favoured])
  assert.equal(outcome.tag === 'Failed' && [outcome.answer('c1').tag, outcome.answer('c2').tag], ['Full', 'Full'])
  assert.is(disk.given(), 4)
})

test('what else goes wrong on the reserve is told to those who were tried, the others met a full disk', () => {
  const answer = (commitId: string) => ({ tag: 'OutcomeUnknown', commitId, detail: 'fsync' }) as const
  const disk = diskWith(1, 4, () => ({ tag: 'Failed', answer, isSuspect: true }))
  const outcome = disk.write([ordinary, favoured])
  assert.equal(outcome.tag === 'Failed' && [outcome.answer('c1').tag, outcome.answer('c2').tag, outcome.isSuspect], [
    'Full',
    'OutcomeUnknown',
    true,
  ])
})

test('a log that is locked meanwhile is waited for by all of them', () => {
  assert.equal(answersOf(diskWith(1, 4, () => ({ tag: 'Busy' })).write([ordinary, favoured])), ['Busy'])
})

test.run()
