/** Questions to the log of events, answered by reading it again. */
export { jobAsOf, jobsAsOf, type PastParts } from './as-of/jobs.js'
export { headOf, positionAt } from './as-of/position-at.js'
export { repositoriesAsOf } from './as-of/repositories.js'
export { type PastState, stateAsOf } from './as-of/state.js'
export { exportJob } from './export-job.js'
export { exportLog, importedCommits } from './export-log.js'
export type { DecisionFault, Divergence, Verification } from './verification.js'
export { type VerifyParts, verifyLedger } from './verify.js'
