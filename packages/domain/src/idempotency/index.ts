/** Idempotency keys. */
export { IdempotencyEvent, idempotencyEvents, keyKeptMs } from './events.js'
