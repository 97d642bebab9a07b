/** What the command line asks of a ledger, in its own words. */
import type {
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
  SignedHead,
  Tick,
  Verification,
} from 'borgledger'
import { CommandFailed } from '../terminal.js'
import { ask, askForText } from './ask.js'
import { readSse } from './read-sse.js'
import type { Transport } from './transport.js'

export interface LedgerClient {
  readonly repositories: () => Promise<Result<Page<Repository>>>
  readonly addRepository: (body: RepositoryBody) => Promise<Result<Repository>>
  readonly schedules: () => Promise<Result<Page<Schedule>>>
  readonly schedule: (id: string) => Promise<Result<Schedule>>
  readonly addSchedule: (body: ScheduleBody) => Promise<Result<Schedule>>
  readonly changeSchedule: (id: string, patch: SchedulePatch) => Promise<Result<Schedule>>
  readonly removeSchedule: (id: string) => Promise<Result<void>>
  readonly runSchedule: (id: string) => Promise<Result<Job>>
  readonly preview: (id: string, count: number) => Promise<Result<{ readonly items: ReadonlyArray<string> }>>
  readonly ticks: (id: string, limit: number) => Promise<Result<Page<Tick>>>
  readonly start: (body: JobBody, idempotencyKey: string | undefined) => Promise<Result<Job>>
  readonly job: (jobId: string) => Promise<Result<Job>>
  readonly jobs: (filter: Readonly<Record<string, string>>) => Promise<Result<Page<Job>>>
  /** The record at each change, to the terminal one; ends early when the ledger goes away. */
  readonly follow: (jobId: string) => AsyncIterable<Job>
  readonly cancel: (jobId: string, asked: { readonly reason: string; readonly force: boolean }) => Promise<Result<Job>>
  readonly deleteEntry: (jobId: string) => Promise<Result<void>>
  /** What there is of a log or, with `follow`, all of it to the end of the job. */
  readonly log: (jobId: string, options: { readonly follow: boolean }) => Promise<Result<AsyncIterable<string>>>
  readonly verify: () => Promise<Result<Verification>>
  /** `path`: below `/audit/explain/`. */
  readonly explain: (path: string) => Promise<Result<{ readonly summary?: string; readonly items: ReadonlyArray<Explained> }>>
  /** The whole log, or the history of one job. */
  readonly exportLog: (jobId: string | undefined) => Promise<Result<AsyncIterable<string>>>
  readonly head: () => Promise<Result<SignedHead>>
  readonly checkHead: (signed: SignedHead) => Promise<Result<HeadCheck>>
  /** Now when not given. */
  readonly stateAt: (at: string | undefined) => Promise<Result<PastState>>
}

const repositoriesMax = '200'
const schedulesMax = '200'

export const ledgerClient = ({ send }: Pick<Transport, 'send'>): LedgerClient => ({
  repositories: () => ask(send, 'GET', `/repositories?limit=${repositoriesMax}`),
  addRepository: (body) => ask(send, 'POST', '/repositories', body),
  schedules: () => ask(send, 'GET', `/schedules?limit=${schedulesMax}`),
  schedule: (id) => ask(send, 'GET', schedulePath(id)),
  addSchedule: (body) => ask(send, 'POST', '/schedules', body),
  changeSchedule: (id, patch) => ask(send, 'PATCH', schedulePath(id), patch),
  removeSchedule: (id) => ask(send, 'DELETE', schedulePath(id)),
  runSchedule: (id) => ask(send, 'POST', `${schedulePath(id)}/run`),
  preview: (id, count) => ask(send, 'GET', `${schedulePath(id)}/preview?count=${count}`),
  ticks: (id, limit) => ask(send, 'GET', `${schedulePath(id)}/ticks?limit=${limit}`),
  start: (body, key) => ask(send, 'POST', '/jobs', body, key === undefined ? {} : { 'Idempotency-Key': key }),
  job: (jobId) => ask(send, 'GET', jobPath(jobId)),
  jobs: (filter) => ask(send, 'GET', `/jobs?${new URLSearchParams(filter)}`),
  follow: (jobId) => follow(send, jobId),
  cancel: (jobId, asked) => ask(send, 'POST', `${jobPath(jobId)}/cancel`, asked),
  deleteEntry: (jobId) => ask(send, 'DELETE', jobPath(jobId)),
  log: async (jobId, options) => {
    const text = await askForText(send, `${jobPath(jobId)}/${options.follow ? 'log/stream' : 'log'}`)
    return text.ok && options.follow ? { ok: true, value: linesOf(text.value) } : text
  },
  verify: () => ask(send, 'POST', '/audit/verify'),
  explain: (path) => ask(send, 'GET', `/audit/explain/${path}`),
  exportLog: (jobId) => askForText(send, `/audit/export${jobId === undefined ? '' : `?${new URLSearchParams({ jobId })}`}`),
  head: () => ask(send, 'GET', '/audit/head'),
  checkHead: (signed) => ask(send, 'POST', '/audit/head', signed),
  stateAt: (at) => ask(send, 'GET', `/audit/state${at === undefined ? '' : `?${new URLSearchParams({ at })}`}`),
})

const schedulePath = (id: string): string => `/schedules/${encodeURIComponent(id)}`
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
