import {
  afterFirst,
  archiveMade,
  backupRequested,
  evidence,
  given,
  jobCompleted,
  jobStarted,
  reportRunEnded,
  repositoryRegistered,
  runPrepared,
} from '@borgledger/testkit'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { DomainEvent } from '../event.js'

const good = (
  jobId: string,
  originalBytes: number,
  over: Parameters<typeof jobCompleted>[1] = {},
  series = 'laptop',
): ReadonlyArray<DomainEvent> => [backupRequested(jobId, { series }), jobStarted(jobId), jobCompleted(jobId, { originalBytes, ...over })]

/** Warnings of a backup of 100 bytes that ends after these. */
const warningsAfter = (...before: ReadonlyArray<ReadonlyArray<DomainEvent>>): ReadonlyArray<string> => {
  const { decision } = given(repositoryRegistered(), before.flat(), backupRequested(), jobStarted(), runPrepared())
    .later(afterFirst(1_000))
    .when(reportRunEnded('job_1', { evidence: evidence({ archive: archiveMade({ originalBytes: 100 }) }) }))
  assert.ok(E.isRight(decision))
  const end = decision.right.find((event) => event.type === 'JobCompleted')
  return end?.type === 'JobCompleted' ? end.warnings.map(({ code }) => code) : ['no end']
}

test('the first backup of a series has nothing to be compared with', () => {
  assert.equal(warningsAfter(), [])
})

test('a backup is compared with the good ones of its own series only', () => {
  assert.equal(warningsAfter(good('a', 1_000)), ['suspiciously-small'])
  assert.equal(warningsAfter(good('a', 1_000, {}, 'media')), [])
})

test('only the last five count', () => {
  const old = ['o1', 'o2', 'o3', 'o4', 'o5'].map((id) => good(id, 1_000))
  const recent = ['n1', 'n2', 'n3', 'n4', 'n5'].map((id) => good(id, 150))
  assert.equal(warningsAfter(...old), ['suspiciously-small'])
  assert.equal(warningsAfter(...old, ...recent), [])
  assert.equal(warningsAfter(...recent, ...old), ['suspiciously-small'])
})

test('a backup with a warning, or of unknown size, is no measure for others', () => {
  assert.equal(warningsAfter(good('a', 1_000, { outcome: 'warning' })), [])
  assert.equal(warningsAfter(good('a', 1_000, { originalBytes: null })), [])
})

test.run()
