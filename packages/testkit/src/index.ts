/** For tests of the ledger: given/when/then over its decisions, facts with defaults, a clock and a runner that do as they are told. */
export { countingIds } from './counting-ids.js'
export { everyEvent } from './every-event.js'
export {
  backupRequested,
  backupRunning,
  jobCancelled,
  jobCompleted,
  jobFailed,
  jobRequested,
  jobStarted,
  ownerReady,
  repositoryRegistered,
  runEnded,
  runLockedOut,
  runPrepared,
  runSpawned,
} from './facts.js'
export { withJobOf } from './finished-jobs.js'
export { arbitraryRequest, arbitraryTrigger, arbitraryWork } from './generators.js'
export { cancelJob, prepareRun, reportRunEnded, requestJob } from './requests.js'
export type { Behaviour } from './runner/behaviour.js'
export type { ScriptedRun } from './runner/scripted-run.js'
export { type ScriptedRunner, scriptedRunner } from './runner/scripted-runner.js'
export { afterFirst, archiveMade, atFirst, evidence, failedEvidence, preflight, processIdentity, workOf } from './samples.js'
export { type Decided, given, type Scene } from './scenario.js'
export { type VirtualClock, virtualClock } from './virtual-clock.js'
