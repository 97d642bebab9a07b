/** What happened, as it is recorded. */
export type { EventRecord } from './event-record.js'
export { createHistory, type EventsQuery, type History } from './history.js'
