/** For tests of the ledger: given/when/then over its decisions, facts with defaults, a clock and a runner that do as they are told. */
export { type Action, arbitraryAction } from './actions.js'
export { callBegan, callEnded } from './call-samples.js'
export { countingIds } from './counting-ids.js'
export { everyDueInstantHasOneOutcome, type OutcomeCounts } from './due-instants.js'
export { endedAs, type HowEnded } from './ends.js'
export { everyEvent } from './every-event.js'
export {
  backupRequested,
  endingDecided,
  jobCancelled,
  jobCompleted,
  jobFailed,
  jobRequested,
  jobStarted,
  ownerReady,
  packagesAllowed,
  repositoryRegistered,
  runEnded,
  runLockedOut,
  runPrepared,
  runSpawned,
} from './facts.js'
export { faultySqlite, sqliteError } from './faulty-sqlite.js'
export { withJobOf } from './finished-jobs.js'
export { arbitraryRequest, arbitraryTrigger, arbitraryWork, generatedPackages, generatedScripts } from './generators.js'
export { hasBorg } from './has-borg.js'
export { type Chance, chance } from './history/chance.js'
export { generatedHistory, type HistoryOptions } from './history/generated-history.js'
export { looseLog, resealed } from './history/loose-log.js'
export { type MutatedLog, mutatedLog } from './history/mutated-log.js'
export { type Mutation, mutations } from './history/mutations.js'
export { mutateRow, type RowMutation, type TablesToChange } from './history/row-mutation.js'
export { type Scribe, scribe } from './history/scribe.js'
export { type Got, type HttpTarget, httpTarget, type Respond } from './http-target.js'
export {
  childrenAreUnderTheirParents,
  claimsNeverOverlap,
  everyJobLivesOnce,
  nobodyWaitsInVain,
  startIsWithinLimit,
  unfinishedJobs,
} from './invariants.js'
export { jobFixture } from './job-fixture.js'
export { backupDone, backupRunning, jobRunning } from './lives.js'
export { type MemoryLedger, memoryLedger } from './memory-ledger.js'
export { notificationQueued, targetAdded } from './notification-samples.js'
export { playerOn } from './player.js'
export { everyPostScriptRunsOnce } from './post-scripts.js'
export { descendantsOf, isAlive, kill, parentOf } from './processes.js'
export { propertySettings } from './property-settings.js'
export { beginCall, cancelJob, endCall, prepareRun, reportRunEnded, requestJob } from './requests.js'
export { evidence, evidenceOf, failedEvidence, failedEvidenceOf, prunedArchive, runWork } from './run-samples.js'
export type { Behaviour } from './runner/behaviour.js'
export type { ScriptedRun } from './runner/scripted-run.js'
export { type ScriptedRunner, scriptedRunner } from './runner/scripted-runner.js'
export { afterFirst, archiveListed, archiveMade, atFirst, preflight, processIdentity, workOf } from './samples.js'
export { type Decided, given, type Scene } from './scenario.js'
export { addSchedule, dueUntil, noDue, scheduleAdded, scheduleDefinition } from './schedules.js'
export { scriptAdded } from './script-samples.js'
export { type Attempted, type ScriptedNotifier, scriptedNotifier } from './scripted-notifier.js'
export { tokenCreated } from './token-samples.js'
export { type UnloadableWorker, unloadableWorker } from './unloadable-worker.js'
export { until } from './until.js'
export { type VirtualClock, virtualClock } from './virtual-clock.js'
