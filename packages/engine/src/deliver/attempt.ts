/**
 * One attempt to tell a target: the message is made of what the log holds of its job, as it stood when the delivery was queued.
 */
import {
  type DeliveryProblem,
  type DeliveryState,
  foldJob,
  type Job,
  jobsShowing,
  type LedgerState,
  messageOf,
  type TargetState,
} from '@borgledger/domain'
import type { EventStore } from '@borgledger/eventstore'
import * as E from 'fp-ts/lib/Either.js'
import { decodePage } from '../feed/decode.js'
import type { Notifier } from '../ports/notifier.js'

export interface Attempting {
  readonly store: EventStore
  readonly notifier: Notifier
  readonly state: () => LedgerState
}

/** What kept the message from its target; null: it arrived. Settles when `stop` is aborted, whatever the notifier does. */
export const attempt = async (
  deps: Attempting,
  target: TargetState,
  delivery: DeliveryState,
  stop: AbortSignal,
): Promise<DeliveryProblem | null> => {
  try {
    const message = await messageFor(deps, delivery)
    const sent = await unlessStopped(deps.notifier.send(target.channel, message, stop)(), stop, givenUp)
    return E.isLeft(sent) ? sent.left : null
  } catch (cause) {
    return { message: `it could not be sent: ${cause instanceof Error ? cause.message : String(cause)}`, permanent: false }
  }
}

const givenUp = E.left({ message: 'the host ends', permanent: false })

const messageFor = async ({ store, state }: Attempting, delivery: DeliveryState) => {
  const { jobId, repositoryId } = delivery.about
  const job = jobId === null ? null : await jobAt(store, jobId, delivery.position)
  const repository = repositoryId === null ? undefined : state().repositories.get(repositoryId)
  return messageOf(delivery, job, repository?.name ?? null)
}

const jobAt = async (store: EventStore, jobId: string, upTo: number): Promise<Job | null> => {
  let job: Job | undefined
  for await (const page of store.read([{ tags: [`job:${jobId}`] }], { upTo })) {
    for (const recorded of decodePage(page)) {
      const { event } = recorded
      if ('jobId' in event && jobsShowing(event).includes(jobId)) job = foldJob(jobId, job, { ...recorded, event })
    }
  }
  return job ?? null
}

/** Nothing of this is left at the signal, which outlives many attempts, once the work has settled. */
const unlessStopped = <A>(work: Promise<A>, stop: AbortSignal, instead: A): Promise<A> =>
  new Promise((resolve, reject) => {
    const stopped = (): void => resolve(instead)
    stop.addEventListener('abort', stopped)
    if (stop.aborted) stopped()
    void work.then(resolve, reject).finally(() => stop.removeEventListener('abort', stopped))
  })
