/** Questions to the log of events, answered by reading it again. */
export type { DecisionFault, Divergence, Verification } from './verification.js'
export { type VerifyParts, verifyLedger } from './verify.js'
