/**
 * One job's history as newline JSON: a fixture for a test. A line that says what it is, then the job's events in order, as they are stored.
 */
import { toStored } from '@borgledger/domain'
import type { EventStore } from '@borgledger/eventstore'
import { decodePage } from '../feed/decode.js'

/** Each with its newline; the events of its children are among them. Of a job that never was only the first. */
export async function* exportJob(store: Pick<EventStore, 'read'>, jobId: string): AsyncGenerator<string> {
  yield `${JSON.stringify({ format: 'borgledger-job', version: 1, jobId })}\n`
  for await (const page of store.read([{ tags: [`job:${jobId}`] }])) {
    for (const { event, position, at, actor } of decodePage(page))
      yield `${JSON.stringify({ position, at, actor, event: toStored(event) })}\n`
  }
}
