/**
 * One worker's attendance of one run: what it says is handed on, and how it ended is told even when the worker dies without a word.
 */
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import type { RunReport, RunRequest } from '@borgledger/engine'
import type { FromWorker, RunEnding, SuperviseTask, ToWorker } from './messages.js'
import { defaultGraceMs, type RunnerOptions } from './options.js'
import { patience } from './patience.js'
import type { WorkerPool } from './pool.js'
import { readingOf } from './reading.js'

export type Attended =
  | { readonly tag: 'Ended'; readonly ending: RunEnding }
  /** `msgid`: borg's own name for such a failure, where there is one. */
  | { readonly tag: 'NotStarted'; readonly msgid: string | null; readonly message: string }
  | { readonly tag: 'Left' }
  /** The worker is gone or failed; the run goes on. */
  | { readonly tag: 'Lost'; readonly message: string }

export interface Attachment {
  readonly attended: Promise<Attended>
  readonly send: (order: ToWorker) => void
}

/** Most of what a run costs us are its wake-ups; that its process has ended wakes by itself. */
const tailMs = 400
const logBytesMax = 50_000_000
const silenceMsMax = 60_000
const stallMs = 15 * 60_000

export const attach = (
  pool: WorkerPool,
  options: RunnerOptions,
  { runId, jobId, work }: RunRequest,
  start: SuperviseTask['start'],
  hear: (report: RunReport) => void,
): Attachment => {
  const { port1: port, port2 } = new MessageChannel()
  const task = { port: port2, dataDir: options.dataDir, runId, jobId, start, reading: readingOf(work), ...limitsOf(options) }
  const lease = pool.supervise(task, [port2])
  const attended = listen(port, options.silenceMsMax ?? silenceMsMax, hear, lease.discard)
  return { attended, send: (order) => port.postMessage(order) }
}

const limitsOf = (options: RunnerOptions) => ({
  tailMs: options.tailMs ?? tailMs,
  logBytesMax: options.logBytesMax ?? logBytesMax,
  graceMs: options.graceMs ?? defaultGraceMs,
  stallMs: options.stallMs ?? stallMs,
})

/** `died` is called when there is no end marker: the worker, with all it supervises, is not to be trusted any more. */
const listen = (port: MessagePort, msMax: number, hear: (report: RunReport) => void, died: (why: string) => void): Promise<Attended> =>
  new Promise((resolve) => {
    const silence = patience(msMax, () => lost('it says nothing any more'))
    const settle = (end: Attended): void => {
      silence.end()
      port.removeAllListeners()
      port.close()
      resolve(end)
    }
    const lost = (message: string): void => {
      died(message)
      settle({ tag: 'Lost', message })
    }
    port.on('message', (message: FromWorker) => {
      silence.heard()
      const end = endOf(message)
      const report = reportOf(message)
      if (end !== null) settle(end)
      else if (report !== null) hear(report)
    })
    // Also comes after an end marker, when nobody listens any more.
    port.on('close', () => lost('its thread is gone'))
  })

const endOf = (message: FromWorker): Attended | null => {
  switch (message.tag) {
    case 'Ended':
    case 'Left':
      return message
    case 'NotStarted':
      return { tag: 'NotStarted', msgid: null, message: message.message }
    case 'Failed':
      return { tag: 'Lost', message: message.message }
    default:
      return null
  }
}

/** Null for what is no report, but an end marker or a sign of life. */
const reportOf = (message: FromWorker): RunReport | null => {
  switch (message.tag) {
    case 'Spawned':
    case 'Progressed':
    case 'Signalled':
      return message
    case 'Stalled':
      return { tag: 'Stalled', since: message.since === null ? null : new Date(message.since).toISOString() }
    default:
      return null
  }
}
