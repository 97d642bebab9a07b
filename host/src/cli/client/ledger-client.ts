/** What the command line asks of a ledger, in its own words. */
import type {
  Alternative,
  CreatedToken,
  Explained,
  HeadCheck,
  Job,
  JobBody,
  Page,
  PastState,
  Repository,
  RepositoryBody,
  Result,
  Schedule,
  ScheduleBody,
  SchedulePatch,
  Settings,
  SignedHead,
  Tick,
  Token,
  TokenBody,
  Verification,
  WhatIf,
} from 'borgledger'
import { CommandFailed } from '../terminal.js'
import { ask, askForText } from './ask.js'
import { readSse } from './read-sse.js'
import type { Transport } from './transport.js'
import { type Reached, verifyWatched } from './verify-watched.js'

/** An instant or a position, as it was typed; now when not given. */
type Moment = string | undefined
/** Parameters of a query. What is not given is left out. */
type Given = Readonly<Record<string, string | undefined>>

export interface LedgerClient {
  readonly settings: (at: Moment) => Promise<Result<Settings>>
  readonly changeSettings: (patch: Readonly<Record<string, unknown>>) => Promise<Result<Settings>>
  readonly repositories: (at: Moment) => Promise<Result<Page<Repository>>>
  readonly addRepository: (body: RepositoryBody) => Promise<Result<Repository>>
  readonly tokens: () => Promise<Result<Page<Token>>>
  readonly createToken: (body: TokenBody) => Promise<Result<CreatedToken>>
  readonly revokeToken: (id: string) => Promise<Result<void>>
  readonly schedules: (at: Moment) => Promise<Result<Page<Schedule>>>
  readonly schedule: (id: string, at: Moment) => Promise<Result<Schedule>>
  readonly addSchedule: (body: ScheduleBody) => Promise<Result<Schedule>>
  readonly changeSchedule: (id: string, patch: SchedulePatch) => Promise<Result<Schedule>>
  readonly removeSchedule: (id: string) => Promise<Result<void>>
  readonly runSchedule: (id: string) => Promise<Result<Job>>
  readonly preview: (id: string, count: number) => Promise<Result<{ readonly items: ReadonlyArray<string> }>>
  readonly ticks: (id: string, limit: number) => Promise<Result<Page<Tick>>>
  readonly start: (body: JobBody, idempotencyKey: string | undefined) => Promise<Result<Job>>
  readonly job: (jobId: string, at: Moment) => Promise<Result<Job>>
  readonly jobs: (filter: Given) => Promise<Result<Page<Job>>>
  /** The record at each change, to the terminal one; ends early when the ledger goes away. */
  readonly follow: (jobId: string) => AsyncIterable<Job>
  readonly cancel: (jobId: string, asked: { readonly reason: string; readonly force: boolean }) => Promise<Result<Job>>
  readonly deleteEntry: (jobId: string) => Promise<Result<void>>
  /** What there is of a log or, with `follow`, all of it to the end of the job. */
  readonly log: (jobId: string, options: { readonly follow: boolean }) => Promise<Result<AsyncIterable<string>>>
  /** `onProgress` hears up to where all is well; without it nobody is told on the way. */
  readonly verify: (onProgress?: (reached: Reached) => void) => Promise<Result<Verification>>
  readonly whatIf: (change: Alternative) => Promise<Result<WhatIf>>
  /** `path`: below `/audit/explain/`. */
  readonly explain: (path: string, query: Given) => Promise<Result<{ readonly summary?: string; readonly items: ReadonlyArray<Explained> }>>
  /** The whole log, or the history of one job. */
  readonly exportLog: (jobId: string | undefined) => Promise<Result<AsyncIterable<string>>>
  readonly head: () => Promise<Result<SignedHead>>
  readonly checkHead: (signed: SignedHead) => Promise<Result<HeadCheck>>
  readonly stateAt: (at: Moment) => Promise<Result<PastState>>
}

/** What a page holds at most. */
const limit = '200'

export const ledgerClient = ({ send }: Pick<Transport, 'send'>): LedgerClient => ({
  settings: (at) => ask(send, 'GET', `/settings${queryOf({ at })}`),
  changeSettings: (patch) => ask(send, 'PATCH', '/settings', patch),
  repositories: (at) => ask(send, 'GET', `/repositories${queryOf({ at, limit })}`),
  addRepository: (body) => ask(send, 'POST', '/repositories', body),
  tokens: () => ask(send, 'GET', `/tokens${queryOf({ limit })}`),
  createToken: (body) => ask(send, 'POST', '/tokens', body),
  revokeToken: (id) => ask(send, 'DELETE', `/tokens/${encodeURIComponent(id)}`),
  schedules: (at) => ask(send, 'GET', `/schedules${queryOf({ at, limit })}`),
  schedule: (id, at) => ask(send, 'GET', `${schedulePath(id)}${queryOf({ at })}`),
  addSchedule: (body) => ask(send, 'POST', '/schedules', body),
  changeSchedule: (id, patch) => ask(send, 'PATCH', schedulePath(id), patch),
  removeSchedule: (id) => ask(send, 'DELETE', schedulePath(id)),
  runSchedule: (id) => ask(send, 'POST', `${schedulePath(id)}/run`),
  preview: (id, count) => ask(send, 'GET', `${schedulePath(id)}/preview?count=${count}`),
  ticks: (id, limit) => ask(send, 'GET', `${schedulePath(id)}/ticks?limit=${limit}`),
  start: (body, key) => ask(send, 'POST', '/jobs', body, key === undefined ? {} : { 'Idempotency-Key': key }),
  job: (jobId, at) => ask(send, 'GET', `${jobPath(jobId)}${queryOf({ at })}`),
  jobs: (filter) => ask(send, 'GET', `/jobs${queryOf(filter)}`),
  follow: (jobId) => follow(send, jobId),
  cancel: (jobId, asked) => ask(send, 'POST', `${jobPath(jobId)}/cancel`, asked),
  deleteEntry: (jobId) => ask(send, 'DELETE', jobPath(jobId)),
  log: async (jobId, options) => {
    const text = await askForText(send, `${jobPath(jobId)}/${options.follow ? 'log/stream' : 'log'}`)
    return text.ok && options.follow ? { ok: true, value: linesOf(text.value) } : text
  },
  verify: (onProgress) => (onProgress === undefined ? ask(send, 'POST', '/audit/verify') : verifyWatched(send, onProgress)),
  whatIf: (change) => ask(send, 'POST', '/audit/what-if', change),
  explain: (path, query) => ask(send, 'GET', `/audit/explain/${path}${queryOf(query)}`),
  exportLog: (jobId) => askForText(send, `/audit/export${queryOf({ jobId })}`),
  head: () => ask(send, 'GET', '/audit/head'),
  checkHead: (signed) => ask(send, 'POST', '/audit/head', signed),
  stateAt: (at) => ask(send, 'GET', `/audit/state${queryOf({ at })}`),
})

const schedulePath = (id: string): string => `/schedules/${encodeURIComponent(id)}`
const queryOf = (given: Given): string => {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(given)) if (value !== undefined) query.set(name, value)
  return query.size === 0 ? '' : `?${query}`
}
const jobPath = (jobId: string): string => `/jobs/${encodeURIComponent(jobId)}`

async function* follow(send: Transport['send'], jobId: string): AsyncGenerator<Job> {
  const text = await askForText(send, `${jobPath(jobId)}/stream`)
  if (!text.ok) return
  for await (const { event, data } of readSse(text.value)) if (event === 'job') yield JSON.parse(data) as Job
}

async function* linesOf(text: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const { event, data } of readSse(text)) {
    if (event === 'log') yield `${data}\n`
    if (event === 'end' && data !== 'complete') throw new CommandFailed(brokenOff[data] ?? data)
  }
}

/** Why a log is not followed to its end. */
const brokenOff: Readonly<Record<string, string>> = {
  'log-removed': 'the log was removed',
  'entry-deleted': "the job's entry was deleted",
}
