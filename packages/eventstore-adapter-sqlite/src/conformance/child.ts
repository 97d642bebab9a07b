/** The child process of the `processes` cases: `child.ts FILE PLAN`. Tells its parent of every acknowledged commit. */
import { type AppenderPlan, runAppender } from '@borgledger/eventstore/conformance'
import * as E from 'fp-ts/lib/Either.js'
import { sqliteEventStore } from '../index.js'

const [file = '', plan = ''] = process.argv.slice(2)
const opened = await sqliteEventStore({ file, busyWaitMsMax: 20_000 })()
if (E.isLeft(opened)) throw new Error(JSON.stringify(opened.left))
const asked: AppenderPlan = JSON.parse(plan)
await runAppender(opened.right, asked, (acknowledged) => process.send?.(acknowledged))
await opened.right.close()
// Its channel to the parent would keep it alive.
process.disconnect()
