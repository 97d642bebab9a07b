/** The loop of the ledger and the ports of its adapters. */

export type { StopRung } from '@borgledger/domain'
export type { Clock } from './ports/clock.js'
export type { Ids } from './ports/ids.js'
export type { JobLogs, LogSlice } from './ports/job-logs.js'
export type { JobEntry, JobsQuery, Page, ProjectionFailed, ReadModels } from './ports/read-models.js'
export type { CreateWork, RepositoryIdentity, Runner, RunnerProblem, RunReport, RunRequest } from './ports/runner.js'
