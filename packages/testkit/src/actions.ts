/**
 * What may happen to a ledger, as data: people ask, runs report, settings change, owners die and come back, and anything comes twice.
 *
 * An action names a job by a number, so that it means something whatever was before it: the nth of the unfinished jobs, or of all.
 */
import type { Call, Command, RunTraces, SettingsPatch } from '@borgledger/domain'
import fc from 'fast-check'
import { type HowEnded, waysToEnd } from './ends.js'
import { arbitraryRequest } from './generators.js'

type Request = Extract<Command, { readonly type: 'RequestJob' }>

export type Action =
  /** The job's id is given when it is asked for. */
  | { readonly do: 'request'; readonly request: Request }
  /** The nth of all commands so far comes once more. */
  | { readonly do: 'repeat'; readonly nth: number }
  | { readonly do: 'cancel'; readonly nth: number; readonly force: boolean }
  | { readonly do: 'delete'; readonly nth: number }
  | { readonly do: 'resolve'; readonly nth: number; readonly as: 'failed' | 'cancelled' }
  | { readonly do: 'prepare'; readonly nth: number; readonly missingSources: ReadonlyArray<string> }
  | { readonly do: 'spawn' | 'signal'; readonly nth: number }
  | { readonly do: 'progress'; readonly nth: number; readonly percent: number }
  /** The run under way ends so. */
  | { readonly do: 'end'; readonly nth: number; readonly how: HowEnded }
  | { readonly do: 'call'; readonly repositoryId: string; readonly call: Call }
  /** The nth of the calls under way ends. */
  | { readonly do: 'end-call'; readonly nth: number; readonly failed: boolean }
  | { readonly do: 'settings'; readonly changes: SettingsPatch }
  /** Another owner starts, finds these traces of every run, and opens its dispatch. */
  | { readonly do: 'restart'; readonly traces: RunTraces }
  | { readonly do: 'close' | 'open' }
  | { readonly do: 'wait'; readonly ms: number }

const nth = fc.nat({ max: 50 })
const action = <A extends Action>(model: { [K in keyof A]: fc.Arbitrary<A[K]> }): fc.Arbitrary<A> =>
  fc.record(model as never, { noNullPrototype: true }) as fc.Arbitrary<A>

/** Half of them well, so that jobs of several steps come to their last. */
const someEnd = fc.oneof(fc.constant('well' as const), fc.constantFrom(...waysToEnd))

const limit = fc.nat({ max: 3 })
const someSettings = fc.record(
  {
    maxConcurrentManualBackups: limit,
    maxConcurrentScheduledBackups: limit,
    maxConcurrentScheduledChecks: limit,
    recovery: fc.constantFrom('fail' as const, 'adopt' as const),
  },
  { requiredKeys: [], noNullPrototype: true },
)
const someTraces = fc.constantFrom<RunTraces>(
  { report: 'never', liveness: 'gone' },
  { report: 'ended', liveness: 'gone' },
  { report: 'none', liveness: 'alive' },
  { report: 'none', liveness: 'gone' },
  { report: 'none', liveness: 'unknown' },
)

const someCall = fc.constantFrom<Call>(
  { kind: 'identify' },
  { kind: 'init' },
  { kind: 'list' },
  { kind: 'break-lock', reason: 'told so', holders: [] },
)

/** Mostly requests, prepared runs and ends, so that much is going on. */
export const arbitraryAction = (repositoryIds: ReadonlyArray<string>): fc.Arbitrary<Action> =>
  fc.oneof(
    { weight: 10, arbitrary: arbitraryRequest('', repositoryIds).map((request): Action => ({ do: 'request', request })) },
    { weight: 6, arbitrary: action({ do: fc.constant('prepare' as const), nth, missingSources: fc.constantFrom([], [], ['/gone']) }) },
    { weight: 8, arbitrary: action({ do: fc.constant('end' as const), nth, how: someEnd }) },
    { weight: 4, arbitrary: action({ do: fc.constant('repeat' as const), nth }) },
    { weight: 3, arbitrary: action({ do: fc.constant('cancel' as const), nth, force: fc.boolean() }) },
    { weight: 2, arbitrary: action({ do: fc.constantFrom('spawn' as const, 'signal' as const), nth }) },
    { weight: 1, arbitrary: action({ do: fc.constant('progress' as const), nth, percent: fc.nat({ max: 100 }) }) },
    { weight: 1, arbitrary: action({ do: fc.constant('delete' as const), nth }) },
    {
      weight: 1,
      arbitrary: action({ do: fc.constant('resolve' as const), nth, as: fc.constantFrom('failed' as const, 'cancelled' as const) }),
    },
    {
      weight: 3,
      arbitrary: action({ do: fc.constant('call' as const), repositoryId: fc.constantFrom(...repositoryIds), call: someCall }),
    },
    { weight: 3, arbitrary: action({ do: fc.constant('end-call' as const), nth, failed: fc.boolean() }) },
    { weight: 1, arbitrary: action({ do: fc.constant('settings' as const), changes: someSettings }) },
    { weight: 1, arbitrary: action({ do: fc.constant('restart' as const), traces: someTraces }) },
    { weight: 1, arbitrary: action({ do: fc.constantFrom('close' as const, 'open' as const, 'open' as const) }) },
    { weight: 1, arbitrary: action({ do: fc.constant('wait' as const), ms: fc.constantFrom(1, 60_000, 3_600_000) }) },
  )
