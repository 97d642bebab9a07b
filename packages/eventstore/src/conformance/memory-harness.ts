/** The harness of the in-memory store, which ends with its process and so can do without most capabilities. */
import { inMemoryEventStore } from '../memory-store.js'
import type { EventStore } from '../port.js'
import type { Harness } from './harness.js'

/** `wrap` stands between the store and the cases; the suite's own tests put faulty stores there. */
export const memoryHarness = (name = 'in memory', wrap: (store: EventStore) => EventStore = (store) => store): Harness => ({
  name,
  capabilities: [],
  beyond: ['durable', 'handles', 'processes', 'reserve', 'busy', 'disk-full', 'read-only', 'damage'],
  create: async () => ({ open: async () => wrap(inMemoryEventStore()), discard: async () => undefined, faults: {} }),
})
