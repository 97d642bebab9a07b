import { afterFirst, archiveListed, archiveMade, atFirst, evidence, evidenceOf, runEnded } from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { RunEvidence } from '../job/index.js'
import type { ArchiveListed } from '../repository/index.js'
import { type ArchiveList, changeTo, foldLeft, foldListing, noArchives } from './archives.js'
import type { Job } from './job.js'

const job = { id: 'job_1', series: 'home', repositoryId: 'laptop' } as Job
const meta = { position: 1, actor: 'user:anna' }
const archive = (name: string, over: Partial<ArchiveListed> = {}) => archiveListed(name, over)
const listed = (list: ArchiveList, added: ReadonlyArray<ArchiveListed>, removed: ReadonlyArray<string> = [], at = atFirst) =>
  foldListing(list, { ...meta, at, event: { type: 'ArchivesListed', repositoryId: 'laptop', added, removed } })
const left = (list: ArchiveList, seen: RunEvidence, at = afterFirst(5)) =>
  foldLeft(list, { ...meta, at, event: runEnded('job_1', { evidence: seen }) }, job)
const names = ({ items }: ArchiveList) => items.map(({ name }) => name)
const two = listed(noArchives, [archive('b', { at: afterFirst(1) }), archive('a')])

test('a list adds and removes, and stands in the order in which the archives were begun', () => {
  assert.equal([names(two), two.listedAt], [['a', 'b'], atFirst])
  const after = listed(two, [archive('c', { at: afterFirst(-1) })], ['a'], afterFirst(9))
  assert.equal([names(after), after.listedAt], [['c', 'b'], afterFirst(9)])
})

test('archives that were begun in the same second stand as borg lists them, and what was made later comes later', () => {
  const same = listed(noArchives, [archive('home-2'), archive('home')])
  assert.equal(names(same), ['home-2', 'home'])
  const made = left(same, evidence({ archive: archiveMade({ name: 'earlier-by-name', at: atFirst }) }))
  assert.equal(names(made), ['home-2', 'home', 'earlier-by-name'])
})

test('who made an archive is read from its comment; of a stranger nothing is said', () => {
  const [ours, theirs] = listed(noArchives, [
    archive('a', { comment: 'series=my home job=job_7' }),
    archive('b', { comment: 'job=x' }),
  ]).items
  assert.equal([ours?.series, ours?.jobId], ['my home', 'job_7'])
  assert.equal([theirs?.series, theirs?.jobId, theirs?.comment], [null, null, 'job=x'])
})

test('a backup adds its archive, as a list would show it; without one nothing is said', () => {
  const made = evidence({ archive: archiveMade({ name: 'c', at: afterFirst(3) }) })
  const after = left(two, made)
  assert.equal([names(after), after.listedAt], [['a', 'b', 'c'], afterFirst(5)])
  const shown = [archive('b', { at: afterFirst(1) }), archive('a'), archive('c', { at: afterFirst(3), comment: 'series=home job=job_1' })]
  assert.equal(changeTo(shown, after), { added: [], removed: [] })
  assert.is(left(two, evidence({ archive: null })), two)
  assert.is(left(noArchives, made).listedAt, null, 'there may be others that nobody has seen')
})

test('after a prune or a delete there is what its list showed; when that failed, what was known', () => {
  for (const seen of [
    evidenceOf('prune', { after: [archive('b')] }),
    evidenceOf('delete', { after: [archive('b')] }),
    evidenceOf('prune-plan', { archives: [archive('b')] }),
  ]) {
    const after = left(two, seen)
    assert.equal([names(after), after.listedAt], [['b'], afterFirst(5)], seen.kind)
  }
  const withUnfinished = evidenceOf('prune', { after: [archive('b'), archive('c.checkpoint')] })
  assert.equal(names(left(two, withUnfinished)), ['b'], 'an unfinished archive is none')
  assert.is(left(two, evidenceOf('prune', { after: null })), two)
  assert.is(left(two, evidenceOf('prune-plan', { archives: null })), two)
  assert.is(left(two, evidenceOf('check')), two)
})

test('the change to a list is what is new or different in it, and what is gone', () => {
  const renewed = archive('a', { id: 'f'.repeat(64) })
  assert.equal(changeTo([renewed, archive('c')], two), { added: [renewed, archive('c')], removed: ['b'] })
  const after = listed(two, [renewed, archive('c')], ['b'])
  assert.equal(names(after), ['a', 'c'])
  assert.equal(changeTo([renewed, archive('c')], after), { added: [], removed: [] })
})

test.run()
