/** What a child process of the `processes` cases does: appends by plan and says what was acknowledged, each only then. */
import * as E from 'fp-ts/lib/Either.js'
import type { EventStore } from '../port.js'
import type { Acknowledged, AppenderPlan } from './harness.js'
import { numbers, sampleCommit } from './samples.js'

/** `say` is called when the commit is acknowledged. Rejects at the first refusal. */
export const runAppender = async (store: EventStore, plan: AppenderPlan, say: (acknowledged: Acknowledged) => void): Promise<void> => {
  const due = [...numbers(plan.commits)]
  const caller = async (): Promise<void> => {
    for (let number = due.shift(); number !== undefined; number = due.shift()) {
      const commitId = `${plan.writer}-${number}`
      const result = await store.append(
        sampleCommit(commitId, { events: numbers(plan.eventsEach).map(() => ({})), tags: [`writer:${plan.writer}`] }),
      )()
      if (E.isLeft(result)) throw new Error(`append of ${commitId} was refused: ${JSON.stringify(result.left)}`)
      say({ commitId, first: result.right.first, last: result.right.last })
    }
  }
  await Promise.all(numbers(plan.callers).map(caller))
}
