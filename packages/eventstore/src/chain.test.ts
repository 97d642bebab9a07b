import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { genesisHash, hashCommit } from './chain.js'

const commit = {
  commitId: 'c1',
  first: 1,
  last: 1,
  at: '2026-11-03T02:13:00.000Z',
  actor: 'user:anna',
  correlationId: 'r1',
  causationId: null,
  command: '{}',
  events: [{ position: 1, id: 'e1', type: 'Noted', version: 1, tags: '["a:1"]', data: '{"n":1}' }],
} as const

test('any changed field changes the hash', () => {
  const original = hashCommit(genesisHash, commit)
  const changed = [
    hashCommit('1'.repeat(64), commit),
    hashCommit(genesisHash, { ...commit, actor: 'user:bob' }),
    hashCommit(genesisHash, { ...commit, causationId: 'none' }),
    hashCommit(genesisHash, { ...commit, events: [{ ...commit.events[0], data: '{"n":2}' }] }),
    hashCommit(genesisHash, { ...commit, events: [{ ...commit.events[0], tags: '["a:2"]' }] }),
  ]
  assert.is(new Set([original, ...changed]).size, changed.length + 1)
})

test('a text moved from one field to its neighbour changes the hash', () => {
  assert.is.not(
    hashCommit(genesisHash, { ...commit, actor: 'ab', correlationId: 'c' }),
    hashCommit(genesisHash, { ...commit, actor: 'a', correlationId: 'bc' }),
  )
})

test.run()
