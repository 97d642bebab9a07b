/** A run: one supervised process of a job, what it is to do and what it left behind. */
export { ArchiveMade, BorgError, type EvidenceOf, LockOutcome, RunEvidence, Warning } from './evidence.js'
export { Preflight } from './preflight.js'
export { Exit, ProcessIdentity, RunTraces, SignalRung } from './process.js'
export { type RunKind, RunWork, type WorkOf } from './work.js'
