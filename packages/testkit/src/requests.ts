/** Commands with defaults: the ones that most tests ask for. */
import type { Command } from '@borgledger/domain'
import { evidence } from './run-samples.js'
import { preflight, workOf } from './samples.js'

type CommandOf<T extends Command['type']> = Extract<Command, { readonly type: T }>
type Over<T extends Command['type']> = Partial<Omit<CommandOf<T>, 'type' | 'jobId'>>
type OverCall<T extends Command['type']> = Partial<Omit<CommandOf<T>, 'type' | 'callId'>>

/** By hand, on `laptop`, ready to wait; a backup of `/home` unless `over` says otherwise. */
export const requestJob = (jobId = 'job_1', over: Over<'RequestJob'> = {}): CommandOf<'RequestJob'> => ({
  type: 'RequestJob',
  jobId,
  work: workOf('backup'),
  repositoryId: 'laptop',
  trigger: { kind: 'manual' },
  onBusy: 'queue',
  ...over,
})

export const prepareRun = (jobId = 'job_1', over: Over<'PrepareRun'> = {}): CommandOf<'PrepareRun'> => ({
  type: 'PrepareRun',
  jobId,
  runId: 'run_1',
  preflight: preflight(),
  ...over,
})

export const reportRunEnded = (jobId = 'job_1', over: Over<'ReportRunEnded'> = {}): CommandOf<'ReportRunEnded'> => ({
  type: 'ReportRunEnded',
  jobId,
  runId: 'run_1',
  evidence: evidence(),
  logBytes: 512,
  ...over,
})

export const cancelJob = (jobId = 'job_1', over: Over<'CancelJob'> = {}): CommandOf<'CancelJob'> => ({
  type: 'CancelJob',
  jobId,
  reason: 'wrong disk',
  force: false,
  ...over,
})

/** A list of the archives of `laptop`. */
export const beginCall = (callId = 'call_1', over: OverCall<'BeginCall'> = {}): CommandOf<'BeginCall'> => ({
  type: 'BeginCall',
  callId,
  about: { repositoryId: 'laptop' },
  call: { kind: 'list' },
  ...over,
})

/** It went well, and no list was seen. */
export const endCall = (callId = 'call_1', over: OverCall<'EndCall'> = {}): CommandOf<'EndCall'> => ({
  type: 'EndCall',
  callId,
  error: null,
  archives: null,
  ...over,
})
