/** Whatever keeps arriving, a job that waits starts within a bounded number of ends, as long as those that run longest end first. */
import { ok } from 'node:assert/strict'
import {
  backupRequested,
  jobFailed,
  jobRequested,
  memoryLedger,
  ownerReady,
  propertySettings,
  repositoryRegistered,
  requestJob,
  workOf,
} from '@borgledger/testkit'
import fc from 'fast-check'
import { test } from 'uvu'
import type { DomainEvent } from './event.js'
import { overtakenMax } from './job/index.js'

const desk = repositoryRegistered('desk')
/** Younger jobs that want what an old backup of `laptop` waits for: its repository, or its slot. */
const rival = fc.constantFrom(
  { work: workOf('restore'), repositoryId: 'laptop' },
  { work: workOf('check'), repositoryId: 'laptop' },
  { work: workOf('restore-check'), repositoryId: 'laptop' },
  { work: workOf('backup'), repositoryId: 'laptop' },
  { work: workOf('backup'), repositoryId: 'desk' },
)
type Rival = Parameters<typeof requestJob>[1]

/** How many ends it took until `old` started; each round one job ends and two rivals are asked for. */
const endsUntilStarted = (before: ReadonlyArray<DomainEvent>, rivals: ReadonlyArray<Rival>): number => {
  const ledger = memoryLedger(ownerReady(), repositoryRegistered(), desk)
  ledger.record(...before)
  ledger.record(backupRequested('old'))
  const isWaiting = (): boolean => ledger.state().jobs.get('old')?.status === 'pending'
  let ends = 0
  for (const [index, more] of rivals.entries()) {
    ledger.submit(requestJob(`rival_${index}`, more))
    if (index % 2 === 1 || !isWaiting()) continue
    const started = ledger.history().flatMap(({ event }) => (event.type === 'JobStarted' ? [event.jobId] : []))
    const longest = started.find((jobId) => ledger.state().jobs.get(jobId)?.status === 'running')
    if (longest === undefined) break
    ledger.record(jobFailed(longest))
    ends += 1
  }
  ok(!isWaiting(), `still waiting after ${ends} ends`)
  return ends
}

/** Those that may run beside it when it is found to be overtaken too often: rivals that share, and the slots. */
const runningMax = 2 * overtakenMax + 3

test('a backup that waits for its slot or its repository starts in time', () => {
  const slot = [backupRequested('slot', { repositoryId: 'desk' })]
  const sharing = [jobRequested('restore', 'reader_1'), jobRequested('restore', 'reader_2')]
  const before = fc.constantFrom(slot, sharing, [...slot, ...sharing])
  fc.assert(
    fc.property(before, fc.array(rival, { minLength: 120, maxLength: 120 }), (held, rivals) => {
      const ends = endsUntilStarted(held, rivals)
      ok(ends <= overtakenMax + runningMax, `it took ${ends} ends`)
    }),
    propertySettings(150),
  )
})

test.run()
