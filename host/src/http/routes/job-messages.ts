/** A job at each change, as messages of a stream: no ids, since a reader who comes back is told the record as it is then. */
import type { JobHandle } from 'borgledger'
import type { Message } from '../sse.js'

export async function* jobMessages(job: JobHandle, signal: AbortSignal): AsyncGenerator<Message> {
  for await (const record of job.updates({ signal })) yield { event: 'job', data: JSON.stringify(record) }
}
