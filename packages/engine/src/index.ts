/** The loop of the ledger and the ports of its adapters. */
export type { Clock } from './ports/clock.js'
export type { Ids } from './ports/ids.js'
export type { JobLogs, LogSlice } from './ports/job-logs.js'
export type { CreateWork, RepositoryIdentity, Runner, RunnerProblem, RunReport, RunRequest, StopRung } from './ports/runner.js'
