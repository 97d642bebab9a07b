/**
 * The child process of the `processes` cases: `child.ts FILE PLAN`. Tells its parent of every acknowledged commit; on SIGTERM it begins no
 * more, finishes what is under way and ends.
 */
import { type AppenderPlan, runAppender } from '@borgledger/eventstore/conformance'
import * as E from 'fp-ts/lib/Either.js'
import { sqliteEventStore } from '../index.js'

const [file = '', plan = ''] = process.argv.slice(2)
const opened = await sqliteEventStore({ file, busyWaitMsMax: 20_000 })()
if (E.isLeft(opened)) throw new Error(JSON.stringify(opened.left))
const store = opened.right

let stopping = false
process.once('SIGTERM', () => {
  stopping = true
  void store.close()
})

const asked: AppenderPlan = JSON.parse(plan)
await runAppender(store, asked, (acknowledged) => process.send?.(acknowledged)).catch((error: unknown) => {
  if (!stopping) throw error
})
await store.close()
// Its channel to the parent would keep it alive.
process.disconnect()
