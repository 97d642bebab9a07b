/** Malformed commits are refused by the name of the field, before anything else. */
import assert from 'node:assert/strict'
import type { Commit, JsonObject } from '../port.js'
import { type ConformanceCase, withStore } from './conformance-case.js'
import { append, headOf, refused, sampleCommit } from './samples.js'

const good = sampleCommit('a', { events: [{}, {}] })
const [event] = good.events
const deep = (levels: number): unknown => (levels === 0 ? 1 : { a: deep(levels - 1) })
const cyclic: { self?: unknown } = {}
cyclic.self = cyclic

/** By field: values that no type would let through, as they come from JavaScript or from a cast. */
const badFields: ReadonlyArray<readonly [string, unknown]> = [
  ['commitId', { ...good, commitId: '' }],
  ['commitId', { ...good, commitId: 'a\0b' }],
  ['commitId', { ...good, commitId: '\ud800' }],
  ['commitId', { ...good, commitId: 'x'.repeat(1_025) }],
  ['at', { ...good, at: '2026-11-03' }],
  ['at', { ...good, at: '2026-02-30T00:00:00.000Z' }],
  ['at', { ...good, at: '2026-11-03T02:13:00.000+01:00' }],
  ['actor', { ...good, actor: undefined }],
  ['correlationId', { ...good, correlationId: 7 }],
  ['causationId', { ...good, causationId: undefined }],
  ['command', { ...good, command: [] }],
  ['command.at', { ...good, command: { at: new Date(0) } }],
  ['events', { ...good, events: [] }],
  ['events', { ...good, events: undefined }],
  ['events[1]', { ...good, events: [event, null] }],
  ['events[1].id', { ...good, events: [event, { ...event }] }],
  ['events[0].id', { ...good, events: [{ ...event, id: '' }] }],
  ['events[0].type', { ...good, events: [{ ...event, type: '' }] }],
  ['events[0].version', { ...good, events: [{ ...event, version: 0 }] }],
  ['events[0].version', { ...good, events: [{ ...event, version: 1.5 }] }],
  ['events[0].tags', { ...good, events: [{ ...event, tags: 'a:b' }] }],
  ['events[0].tags[1]', { ...good, events: [{ ...event, tags: ['a:b', 'a'] }] }],
  ['events[0].tags[0]', { ...good, events: [{ ...event, tags: ['A:b'] }] }],
  ['events[0].tags[0]', { ...good, events: [{ ...event, tags: ['a:'] }] }],
  ['events[0].tags[0]', { ...good, events: [{ ...event, tags: [`a:${'x'.repeat(255)}`] }] }],
  ['events[0].data', { ...good, events: [{ ...event, data: null }] }],
  ['events[0].data.a', { ...good, events: [{ ...event, data: { a: undefined } }] }],
  ['events[0].data.a[1]', { ...good, events: [{ ...event, data: { a: [1, Number.NaN] } }] }],
  ['events[0].data.a.b', { ...good, events: [{ ...event, data: { a: { b: new Map() } } }] }],
  ['events[0].data.a', { ...good, events: [{ ...event, data: { a: 1n } }] }],
  ['events[0].data.a', { ...good, events: [{ ...event, data: { a: () => 1 } }] }],
  ['condition.after', { ...good, condition: { failIfMatches: 'all', after: -1 } }],
  ['condition.failIfMatches', { ...good, condition: { failIfMatches: 'some', after: 0 } }],
]

export const invalidCases: ReadonlyArray<ConformanceCase> = [
  withStore('invalid-fields', 'a malformed commit is refused by the name of its first bad field, and nothing is written', async (store) => {
    for (const [field, commit] of badFields) {
      const error = await refused(store, commit as Commit, 'InvalidCommit')
      assert.equal(error.field, field)
      assert.ok(error.expected !== '' && error.actual !== '', field)
    }
    assert.equal((await headOf(store)).position, 0)
    await append(store, good)
  }),

  withStore('invalid-depth', 'data nested without end is refused, data nested deeply is not', async (store) => {
    await append(store, sampleCommit('deep', { data: { a: deep(100) as null } }))
    for (const data of [cyclic, { a: deep(5_000) }]) {
      const error = await refused(store, { ...good, events: [{ ...event, data: data as JsonObject }] }, 'InvalidCommit')
      assert.match(error.actual, /deeper/)
    }
  }),
]
