import {
  afterFirst,
  archiveMade,
  backupDone,
  backupRequested,
  evidence,
  given,
  jobCompleted,
  jobRequested,
  jobStarted,
  reportRunEnded,
  repositoryRegistered,
  runPrepared,
} from '@borgledger/testkit'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { DomainEvent } from '../event.js'
import { foresee, initialState } from '../state.js'
import { newestGoodOf } from './series.js'

const good = (jobId: string, originalBytes: number | null, over: Parameters<typeof backupDone>[2] = {}) =>
  backupDone(jobId, { originalBytes }, over)

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
  assert.equal(warningsAfter(good('a', 1_000, { series: 'media' })), [])
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
  assert.equal(warningsAfter(good('a', null)), [])
})

const deleted = (archive: string, repositoryId = 'laptop'): ReadonlyArray<DomainEvent> => [
  jobRequested('archive-delete', 'd', { work: { type: 'archive-delete', spec: { archive } }, repositoryId }),
  jobStarted('d'),
  jobCompleted('d'),
]
const newestAfter = (...facts: ReadonlyArray<ReadonlyArray<DomainEvent>>): ReadonlyArray<string> => {
  const meta = { at: afterFirst(0), actor: 'user:anna' }
  return newestGoodOf('laptop', foresee(initialState, facts.flat(), meta).series)
}

test('the newest good archive of each series is known, and those of other repositories are not among them', () => {
  const [a, b, media] = [
    backupDone('a', { name: 'a' }),
    backupDone('b', { name: 'b' }),
    backupDone('m', { name: 'm' }, { series: 'media' }),
  ]
  const desk = backupDone('e', { name: 'e' }, { repositoryId: 'desk' })
  assert.equal(newestAfter(), [])
  assert.equal(newestAfter(a, b, media, desk), ['b', 'm'])
  assert.equal(newestAfter(a, backupDone('w', { name: 'w' }, { outcome: 'warning' })), ['a'])
})

test('an archive that was deleted is no good one any more: the one before it is', () => {
  const both = [backupDone('a', { name: 'a' }), backupDone('b', { name: 'b' })]
  assert.equal(newestAfter(...both, deleted('b')), ['a'])
  assert.equal(newestAfter(...both, deleted('b', 'desk')), ['b'])
})

test('an archive is good as soon as it is made, before the prune that follows it', () => {
  assert.equal(newestAfter(backupDone('a', { name: 'a' }), backupDone('b', { name: 'b' }).slice(0, -1)), ['b'])
})

test.run()
