/** What is put in comes out, and nothing is shared. */
import assert from 'node:assert/strict'
import type { JsonObject } from '../port.js'
import { type ConformanceCase, withStore } from './conformance-case.js'
import { append, assertWhole, collect, readAll, sampleCommit } from './samples.js'

const payloads: Readonly<Record<string, JsonObject>> = {
  unicode: { text: 'Grüße, 世界, 👩‍👩‍👧, e\u0301, \u202e', 'ключ 🔑': 'é' },
  'control characters': { nul: 'a\0b', others: '\u0001\t\r\n\u007f\u2028', '\0': 'a key' },
  'half a surrogate pair': { text: '\ud83d', key: { '\udc00': 1 } },
  'names of the prototype': JSON.parse('{"__proto__":{"polluted":true},"constructor":1,"toString":null,"hasOwnProperty":"x"}'),
  numbers: { list: [0, -1, 0.1, 5e-324, 1.7976931348623157e308, Number.MAX_SAFE_INTEGER, 1e21] },
  emptiness: { list: [], object: {}, text: '', nothing: null, nested: [[], [{}]] },
  quotes: { sql: `'; DROP TABLE events; --`, json: '{"a":"\\""}' },
}

export const payloadCases: ReadonlyArray<ConformanceCase> = [
  withStore('payload-kept', 'every JSON value comes back as it was put in', async (store) => {
    for (const [name, data] of Object.entries(payloads)) await append(store, sampleCommit(name, { data }))
    const read = await readAll(store)
    for (const [index, [name, data]] of Object.entries(payloads).entries()) {
      assert.equal(JSON.stringify(read[index]?.data), JSON.stringify(data), name)
    }
    assert.equal('polluted' in {}, false)
    await assertWhole(store)
  }),

  withStore('payload-names', 'ids, types, tags and actors of any script come back and are found', async (store) => {
    const odd = `ä 'quoted" 👩‍👩‍👧 \u202e;--`
    await append(store, {
      ...sampleCommit(odd, { type: odd, tags: [`note:${odd}`, 'note:%', 'note:_'] }),
      actor: odd,
      correlationId: odd,
      causationId: odd,
    })
    for (const query of [[{ types: [odd] }], [{ tags: [`note:${odd}`] as const }], [{ tags: ['note:%', 'note:_'] as const }]]) {
      const [event] = await readAll(store, query)
      assert.deepEqual([event?.type, event?.actor, event?.commitId, event?.causationId], [odd, odd, odd, odd])
    }
    assert.deepEqual(await readAll(store, [{ tags: ['note:x'] }]), [])
    await assertWhole(store)
  }),

  withStore('payload-large', 'an event of 1 MiB is kept', async (store) => {
    const data = { text: 'é'.repeat(512 * 1024) }
    await append(store, sampleCommit('large', { data }))
    assert.equal((await readAll(store))[0]?.data['text'], data.text)
    await assertWhole(store)
  }),

  withStore('payload-not-shared-in', 'changing a commit after the append changes nothing in the log', async (store) => {
    const data = { list: [1], inner: { a: 1 } }
    const tags: Array<`${string}:${string}`> = ['note:a']
    await append(store, sampleCommit('a', { data, tags }))
    data.list.push(2)
    data.inner.a = 2
    tags.push('note:b')
    const [event] = await readAll(store)
    assert.deepEqual([event?.data, event?.tags], [{ list: [1], inner: { a: 1 } }, ['note:a']])
    await assertWhole(store)
  }),

  withStore('payload-not-shared-out', 'changing what was read changes nothing for the next reader', async (store) => {
    await append(store, sampleCommit('a', { data: { list: [1] } }))
    for (const value of [...(await readAll(store)), ...(await collect(store.commits()))]) spoil(value)
    const [event] = await readAll(store)
    assert.deepEqual([event?.id, event?.data, event?.tags], ['a.1', { list: [1] }, ['note:any']])
    await assertWhole(store)
  }),
]

/** Changes what can be changed; a store may also freeze what it gives out. */
const spoil = (value: unknown): void => {
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    spoil(inner)
    if (typeof inner !== 'object') Reflect.set(value, key, 'spoilt')
  }
}
