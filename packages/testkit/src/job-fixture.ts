/** One job's history as it was exported (`borgledger audit export --job`): the facts of something that really happened, for a test. */
import { type DomainEvent, fromStored, type Recorded } from '@borgledger/domain'
import * as E from 'fp-ts/lib/Either.js'

/** `text`: the whole file. Throws when it is no such export, or holds an event that cannot be read. */
export const jobFixture = (text: string): ReadonlyArray<Recorded<DomainEvent>> => {
  const [opening = '', ...lines] = text.trimEnd().split('\n')
  const { format, version } = JSON.parse(opening) as { readonly format?: string; readonly version?: number }
  if (format !== 'borgledger-job' || version !== 1) throw new Error('expected the export of a job, version 1')
  return lines.map((line, index) => {
    const { event, ...recorded } = JSON.parse(line)
    const decoded = fromStored(event)
    if (E.isLeft(decoded)) throw new Error(`line ${index + 2}: ${decoded.left}`)
    return { ...recorded, event: decoded.right }
  })
}
