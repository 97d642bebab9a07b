import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { hashCommit } from './chain.js'
import type { RecordedCommit } from './port.js'
import { emptyHead, findBreak, findDivergence, verifyChain } from './verify.js'

type Content = Omit<RecordedCommit, 'hash'>

const event = (position: number) => ({ position, id: `e${position}`, type: 'Noted', version: 1, tags: '["a:1"]', data: '{"n":1}' })
const content: Content = {
  commitId: 'c1',
  first: 1,
  last: 2,
  at: '2026-11-03T02:13:00.000Z',
  actor: 'user:anna',
  correlationId: 'r1',
  causationId: null,
  command: '{}',
  events: [event(1), event(2)],
}
/** With the hash that its content has: what is found is not found by the hash. */
const sealed = (over: Partial<Content> = {}): RecordedCommit => {
  const changed = { ...content, ...over }
  return { ...changed, hash: hashCommit(emptyHead.hash, changed) }
}
const breakOf = (commit: RecordedCommit) => findBreak(emptyHead, commit)

test('a commit that follows is no break', () => {
  assert.is(breakOf(sealed()), null)
})

test('a commit whose place is not that of its events is named, although the hash covers only theirs', () => {
  const what = (over: Partial<Content>) => breakOf(sealed(over))?.what
  assert.is(what({ first: 5, last: 6 }), 'the commit begins at 5 instead of 1')
  assert.is(what({ last: 3 }), 'the commit says 1 to 3 and has 2 events')
  assert.is(what({ events: [event(1), event(3)] }), 'event 2 of the commit stands at another position')
})

test('a hash of other content is named at the first event of the commit', () => {
  assert.equal(breakOf({ ...sealed(), actor: 'user:mallory' }), {
    position: 1,
    commitId: 'c1',
    what: 'the hash does not follow from the content and the commit before',
  })
})

test('a commit that stands well and cannot be read is a divergence, and no break', () => {
  const unreadable = sealed({ events: [event(1), { ...event(2), data: '{"n":' }] })
  assert.is(breakOf(unreadable), null)
  assert.is(findDivergence(emptyHead, unreadable)?.position, 2)
})

test('a walk ends at the first fault, and says how far all is well', async () => {
  const first = sealed()
  const second: RecordedCommit = { ...content, commitId: 'c2', first: 3, last: 3, events: [event(3)], hash: '0'.repeat(64) }
  const pages = async function* () {
    yield [first, second]
  }
  const report = await verifyChain(pages())
  assert.equal(
    [report.ok, report.head, report.commits, report.events, report.divergence?.position],
    [false, { position: 2, hash: first.hash }, 1, 2, 3],
  )
})

test.run()
