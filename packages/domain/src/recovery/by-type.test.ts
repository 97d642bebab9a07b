/** The table of start-up cleanup: what is decided of a running job by its type and by what is left of its run. */
import { given, jobRequested, jobRunning, jobStarted, repositoryRegistered } from '@borgledger/testkit'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { DomainEvent, EventOf } from '../event.js'
import type { JobType } from '../job/index.js'

type Traces = EventOf<'JobRecovered'>['traces']
type Decision = EventOf<'JobRecovered'>['decision']

const newOwner: DomainEvent = { type: 'OwnerStarted', host: 'host-b', software: '1', rules: 1 }
const left: Readonly<Record<string, Traces>> = {
  alive: { report: 'none', liveness: 'alive' },
  gone: { report: 'none', liveness: 'gone' },
  unknown: { report: 'none', liveness: 'unknown' },
  ended: { report: 'ended', liveness: 'gone' },
  never: { report: 'never', liveness: 'gone' },
}

const decisionOn = (facts: ReadonlyArray<DomainEvent>, traces: Traces): readonly [Decision | null, ends: boolean] => {
  const { decision } = given(repositoryRegistered(), facts, newOwner).when({ type: 'RecoverJob', jobId: 'job_1', traces })
  assert.ok(E.isRight(decision))
  const recovered = decision.right.find((event) => event.type === 'JobRecovered')
  return [recovered?.type === 'JobRecovered' ? recovered.decision : null, decision.right.some(({ type }) => type === 'JobFailed')]
}

const stopped = { alive: 'stop', gone: 'fail', unknown: 'leave', ended: 'follow', never: 'fail' } as const
const followed = { ...stopped, alive: 'follow' } as const
const untouched = { alive: 'leave', gone: 'leave', unknown: 'leave', ended: 'follow', never: 'leave' } as const
const table: { readonly [T in JobType]: Readonly<Record<string, Decision>> } = {
  backup: stopped,
  restore: stopped,
  check: followed,
  'restore-check': followed,
  compact: followed,
  prune: followed,
  'archive-delete': untouched,
  'package-install': untouched,
}
const types = Object.keys(table) as ReadonlyArray<JobType>

for (const type of types)
  for (const [what, traces] of Object.entries(left)) {
    const expected = table[type][what]
    test(`a ${type} whose run is ${what}: ${expected}`, () => {
      assert.equal(decisionOn(jobRunning(type), traces), [expected, what === 'never' && expected === 'fail'])
    })
  }

test('under policy adopt a living restore goes on; maintenance does under either', () => {
  const adopting: DomainEvent = { type: 'SettingsChanged', changes: { recovery: 'adopt' } }
  for (const type of types.filter((type) => table[type] !== untouched))
    assert.equal(decisionOn([adopting, ...jobRunning(type)], { report: 'none', liveness: 'alive' })[0], 'follow', type)
})

test('a job that had no run under way fails at once, save the two types that are no part of the cleanup', () => {
  for (const type of types)
    assert.equal(
      decisionOn([jobRequested(type), jobStarted()], { report: 'never', liveness: 'gone' }),
      table[type] === untouched ? ['leave', false] : ['fail', true],
      type,
    )
})

test.run()
