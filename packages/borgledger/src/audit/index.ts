/** The history shown as it was, checked, signed, taken out and taken in. */
export { type Audit, createAudit, type LastVerification } from './audit.js'
export { importLog } from './import-log.js'
export { type LogLook, lookAtLog } from './look-at-log.js'
export type { PastLedger } from './past.js'
export { type HeadCheck, SignedHead } from './signed-head.js'
export { verifyReadOnly } from './verify-read-only.js'
