/**
 * Whatever happens to schedules, jobs and the clock: every due instant ends in one outcome, and none fires twice.
 *
 * Time goes on by minutes or by weeks, and back; hosts end and come again; schedules are changed, removed and added anew.
 */
import { deepStrictEqual } from 'node:assert/strict'
import {
  addSchedule,
  everyDueInstantHasOneOutcome,
  everyJobLivesOnce,
  type MemoryLedger,
  memoryLedger,
  ownerReady,
  preflight,
  propertySettings,
  repositoryRegistered,
  workOf,
} from '@borgledger/testkit'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import type { Command } from '../command.js'
import { isTerminal } from '../job/index.js'
import type { ScheduleDefinition } from './definition.js'
import { changing, hourMs, removing, schedule } from './fixtures/ticking.js'
import type { OpenTick } from './state.js'

const ids = ['one', 'two', 'three'] as const
const plain = { noNullPrototype: true } as const
const someDefinition = fc.record<Partial<ScheduleDefinition>>(
  {
    cron: fc.constantFrom('0 2 * * *', '30 */6 * * *', '*/20 * * * *', '0 3 * * 0', '15 1 * * *'),
    timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'),
    enabled: fc.constantFrom(true, true, true, false),
    job: fc.constantFrom(...(['backup', 'check', 'compact'] as const)).map((type) => ({ work: workOf(type), repositoryId: 'laptop' })),
    overlap: fc.constantFrom('skip', 'queue-one', 'allow'),
    missed: fc.constantFrom('once', 'skip', 'all'),
    windowMs: fc.constantFrom(null, 60_000, hourMs, 100 * hourMs),
  },
  plain,
)

type Happening =
  | { readonly do: 'add' | 'change'; readonly id: string; readonly definition: Partial<ScheduleDefinition> }
  | { readonly do: 'remove'; readonly id: string }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'look' | 'end' | 'restart' | 'stop' | 'lose-repository' | 'have-repository' }
  | { readonly do: 'limit'; readonly checks: number }

const someId = fc.constantFrom(...ids)
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('add' as const), id: someId, definition: someDefinition }, plain) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('change' as const), id: someId, definition: someDefinition }, plain) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), id: someId }, plain) },
  {
    weight: 8,
    arbitrary: fc
      .constantFrom(60_000, 1_200_000, hourMs, 24 * hourMs, 24 * hourMs, 300 * hourMs, -hourMs, -24 * hourMs)
      .map((ms) => ({ do: 'wait' as const, ms })),
  },
  { weight: 10, arbitrary: fc.constantFrom('look', 'look', 'end', 'end').map((what) => ({ do: what }) as Happening) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('restart', 'restart', 'stop', 'lose-repository', 'have-repository')
      .map((what) => ({ do: what }) as Happening),
  },
  { weight: 1, arbitrary: fc.nat({ max: 2 }).map((checks) => ({ do: 'limit' as const, checks })) },
)

const look = (ledger: MemoryLedger): ReadonlyArray<Command> => [
  ...[...ledger.state().schedules.byId.keys()].map(
    (scheduleId): Command => ({ type: 'FireDue', scheduleId, due: schedule(ledger, scheduleId).due }),
  ),
  { type: 'TendSchedules' },
]

const commandsOf = (what: Happening, ledger: MemoryLedger): ReadonlyArray<Command> => {
  const { jobs, schedules } = ledger.state()
  switch (what.do) {
    case 'add':
      return [addSchedule(what.id, what.definition)]
    case 'change':
      return schedules.byId.has(what.id) ? [changing(ledger, what.definition, what.id)] : []
    case 'remove':
      return schedules.byId.has(what.id) ? [removing(ledger, what.id)] : []
    case 'look':
      return look(ledger)
    case 'end': {
      const running = [...jobs.values()].find(({ status }) => status === 'running')
      const missing = preflight({ passphraseProblem: 'gone' })
      return running === undefined ? [] : [{ type: 'PrepareRun', jobId: running.jobId, runId: 'run_1', preflight: missing }]
    }
    case 'restart':
      return [{ type: 'StartOwner', host: 'host-b', software: '1', rules: 1 }, { type: 'OpenDispatch' }, ...look(ledger)]
    case 'stop':
      return [{ type: 'CloseDispatch', reason: 'shutdown' }]
    case 'lose-repository':
      return [{ type: 'RemoveRepository', repositoryId: 'laptop' }]
    case 'limit':
      return [{ type: 'ChangeSettings', changes: { maxConcurrentScheduledChecks: what.checks } }]
    default:
      return []
  }
}

/** Holds every decision to the law: decided again, it yields nothing or is refused. */
const submit = (ledger: MemoryLedger, command: Command): void => {
  ledger.submit(command)
  const again = ledger.consider(command)
  if (command.type !== 'StartOwner' && E.isRight(again)) deepStrictEqual(again.right, [], `${command.type} again`)
}

const play = (ledger: MemoryLedger, what: Happening): void => {
  if (what.do === 'wait') ledger.wait(what.ms)
  if (what.do === 'have-repository' && !ledger.state().repositories.has('laptop')) ledger.record(repositoryRegistered())
  for (const command of commandsOf(what, ledger)) submit(ledger, command)
}

test('every due instant has one outcome or waits for it, through all that happens', () => {
  fc.assert(
    fc.property(fc.array(happening, { minLength: 5, maxLength: 80, size: 'max' }), (happenings) => {
      const ledger = memoryLedger(ownerReady(), repositoryRegistered())
      for (const what of happenings) play(ledger, what)
      everyDueInstantHasOneOutcome(ledger.history(), ledger.state().schedules)
      everyJobLivesOnce(ledger.history())
    }),
    propertySettings(150),
  )
})

test('however much came due at once, a look makes at most ten jobs of a schedule', () => {
  fc.assert(
    fc.property(fc.array(happening, { minLength: 5, maxLength: 60, size: 'max' }), (happenings) => {
      const ledger = memoryLedger(ownerReady(), repositoryRegistered())
      for (const what of happenings) {
        play(ledger, what)
        for (const id of ledger.state().schedules.byId.keys()) {
          const before = ledger.history().length
          submit(ledger, { type: 'FireDue', scheduleId: id, due: schedule(ledger, id).due })
          const made = ledger
            .history()
            .slice(before)
            .filter(({ event }) => event.type === 'TickFired' && event.scheduleId === id)
          if (made.length > 10) throw new Error(`${made.length} jobs at once`)
        }
      }
    }),
    propertySettings(50),
  )
})

/** What is younger waits behind it. */
const isRetried = ({ retryAt }: OpenTick): boolean => retryAt !== null

test('when all jobs have ended and the limits allow it, nothing waits any more', () => {
  fc.assert(
    fc.property(fc.array(happening, { minLength: 5, maxLength: 60, size: 'max' }), (happenings) => {
      const ledger = memoryLedger(ownerReady(), repositoryRegistered())
      for (const what of [
        ...happenings,
        { do: 'have-repository' },
        { do: 'limit', checks: 1 },
        { do: 'restart' },
      ] as ReadonlyArray<Happening>)
        play(ledger, what)
      for (let round = 0; round < 200 && [...ledger.state().jobs.values()].some(({ status }) => !isTerminal(status)); round += 1)
        play(ledger, { do: 'end' })
      const waiting = [...ledger.state().schedules.byId.values()].flatMap(({ open }) => (open.some(isRetried) ? [] : open))
      deepStrictEqual(waiting, [])
    }),
    propertySettings(50),
  )
})

test.run()
