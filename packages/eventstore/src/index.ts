/** The event store port, its errors, its hash chain, the in-memory reference store, and the parts that adapters share. */
export { genesisHash, hashCommit } from './chain.js'
export {
  type AppendError,
  type Busy,
  type Closed,
  type CommitIdReused,
  type ConditionFailed,
  type Corrupt,
  CorruptLog,
  type Full,
  type InvalidCommit,
  LogUnavailable,
  type NotEmpty,
  type OutcomeUnknown,
  type ReadOnly,
  type RestoreError,
  type StoreError,
} from './errors.js'
export { type Feed, followLog, type Watcher } from './follow.js'
export { matches, type Searched } from './matches.js'
export { usedEventId } from './memory-log.js'
export { inMemoryEventStore } from './memory-store.js'
export type {
  AppendCondition,
  Appended,
  Commit,
  EventQuery,
  EventStore,
  Hash,
  Head,
  Instant,
  Json,
  JsonObject,
  NewEvent,
  Position,
  PositionRange,
  QueryItem,
  RecordedCommit,
  RecordedEvent,
  Reserve,
  StoredEvent,
  Tag,
} from './port.js'
export { takeCommits } from './restore.js'
export { type DraftCommit, decodeCommit, decodeEvent, draftCommit, isSameCommit, placeCommit, sealCommit } from './stored-form.js'
export { isStorable, validateCommit } from './validate-commit.js'
export { type ChainReport, type Divergence, emptyHead, findBreak, findDivergence, verifyChain } from './verify.js'
export { createWatchers, type Watchers } from './watchers.js'
