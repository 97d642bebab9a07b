/**
 * What must hold of every history, whatever led to it. Each throws an `AssertionError` that names the jobs.
 */
import { deepStrictEqual, ok } from 'node:assert/strict'
import { claimKeysOf, claimOf, type DomainEvent, type JobState, type LedgerState, type Recorded, type SlotClass } from '@borgledger/domain'

type History = ReadonlyArray<Recorded<DomainEvent>>

const ends: ReadonlyArray<DomainEvent['type']> = ['JobCompleted', 'JobFailed', 'JobCancelled']

const jobsOf = (history: History, ...types: ReadonlyArray<DomainEvent['type']>): ReadonlyArray<string> =>
  history.flatMap(({ event }) => ('jobId' in event && types.includes(event.type) ? [event.jobId] : []))

const repeated = (ids: ReadonlyArray<string>): ReadonlyArray<string> => ids.filter((id, index) => ids.indexOf(id) !== index)

/** Requested once, started at most once and before its end, ended at most once. */
export const everyJobLivesOnce = (history: History): void => {
  deepStrictEqual(repeated(jobsOf(history, 'JobRequested')), [], 'requested twice')
  deepStrictEqual(repeated(jobsOf(history, 'JobStarted')), [], 'started twice')
  deepStrictEqual(repeated(jobsOf(history, ...ends)), [], 'ended twice')
  const ended = new Set<string>()
  for (const { event } of history) {
    if (event.type === 'JobStarted') ok(!ended.has(event.jobId), `${event.jobId} started after its end`)
    if ('jobId' in event && ends.includes(event.type)) ended.add(event.jobId)
  }
}

/** Requested and not ended. */
export const unfinishedJobs = (history: History): ReadonlyArray<string> => {
  const ended = new Set(jobsOf(history, ...ends))
  return jobsOf(history, 'JobRequested').filter((id) => !ended.has(id))
}

const running = ({ jobs }: LedgerState): ReadonlyArray<JobState> => [...jobs.values()].filter((job) => job.status === 'running')

interface Holder {
  readonly name: string
  readonly mode: 'shared' | 'exclusive'
  readonly keys: ReadonlyArray<string>
}

/** A claim under a location is one on every registration of that location; so is one under borg's own id. */
const heldByCalls = ({ calls, repositories }: LedgerState): ReadonlyArray<Holder> =>
  [...calls.values()].map(({ callId, claim }) => {
    const meant = [...repositories.values()].filter((repository) => claimKeysOf(repository).includes(claim.key))
    return { name: callId, mode: claim.mode, keys: [claim.key, ...meant.flatMap(claimKeysOf)] }
  })

const keysOf = (job: JobState, { repositories }: LedgerState): ReadonlyArray<string> => {
  const repository = job.repositoryId === null ? undefined : repositories.get(job.repositoryId)
  return [...(job.claim === null ? [] : [job.claim.key]), ...(repository === undefined ? [] : claimKeysOf(repository))]
}

/** Of two running jobs or calls on one borg repository, whatever its name, both only share it. */
export const claimsNeverOverlap = (state: LedgerState): void => {
  const byJobs = running(state).flatMap((job) =>
    job.claim === null ? [] : [{ name: job.jobId, mode: job.claim.mode, keys: keysOf(job, state) }],
  )
  const holders: ReadonlyArray<Holder> = [...byJobs, ...heldByCalls(state)]
  for (const [index, one] of holders.entries())
    for (const other of holders.slice(index + 1)) {
      const same = one.keys.some((key) => other.keys.includes(key))
      const share = one.mode === 'shared' && other.mode === 'shared'
      ok(!same || share, `${one.name} and ${other.name} both hold ${one.keys[0]}`)
    }
}

const limitOf = (slot: SlotClass, { settings }: LedgerState): number =>
  ({
    'manual-backup': settings.maxConcurrentManualBackups,
    'scheduled-backup': settings.maxConcurrentScheduledBackups,
    'scheduled-check': settings.maxConcurrentScheduledChecks,
  })[slot]

const holdersOf = (slot: SlotClass, state: LedgerState): number => running(state).filter((job) => job.slot === slot).length

/** A start leaves its class within its limit. `after`: the state right after the event. */
export const startIsWithinLimit = (event: DomainEvent, after: LedgerState): void => {
  const job = event.type === 'JobStarted' ? after.jobs.get(event.jobId) : undefined
  if (job?.slot == null) return
  ok(holdersOf(job.slot, after) <= limitOf(job.slot, after), `${job.jobId} started beyond the limit of ${job.slot}`)
}

/** A child never waits, holds nothing of its own, and is there only while its parent runs. */
export const childrenAreUnderTheirParents = ({ jobs }: LedgerState): void => {
  for (const { jobId, trigger, status, claim, slot } of jobs.values()) {
    if (trigger.kind !== 'parent') continue
    deepStrictEqual([status, claim, slot], ['running', null, null], jobId)
    ok(jobs.get(trigger.jobId)?.status === 'running', `${jobId} is left without its parent`)
  }
}

/** No job waits that nothing is in the way of: its slot is free, its repository is, and no older job waits for either. */
export const nobodyWaitsInVain = (state: LedgerState): void => {
  if (!state.owner.dispatching || state.owner.host === null) return
  const waiting = [...state.jobs.values()].filter((job) => job.status === 'pending')
  for (const job of waiting) {
    const keys = keysOf(job, state)
    const competes = (other: JobState): boolean =>
      (other.slot !== null && other.slot === job.slot) || keysOf(other, state).some((key) => keys.includes(key))
    const older = waiting.some((other) => other.order < job.order && competes(other))
    const slotTaken = job.slot !== null && holdersOf(job.slot, state) >= limitOf(job.slot, state)
    const mode = claimOf(job.work.type)
    const held = running(state).some(
      ({ claim, ...other }) =>
        (mode === 'exclusive' ? claim !== null : claim?.mode === 'exclusive') &&
        keysOf({ claim, ...other }, state).some((key) => keys.includes(key)),
    )
    const called = heldByCalls(state).some(
      (call) => (mode === 'exclusive' || call.mode === 'exclusive') && call.keys.some((key) => keys.includes(key)),
    )
    ok(older || slotTaken || (mode !== null && (held || called)), `${job.jobId} waits for nobody`)
  }
}
