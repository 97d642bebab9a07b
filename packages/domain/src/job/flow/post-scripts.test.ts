/** The post-scripts of a backup, after each of its ends: what was stopped must be started again, whatever came between. */
import {
  cancelJob,
  evidence,
  failedEvidence,
  type MemoryLedger,
  memoryLedger,
  ownerReady,
  preflight,
  prepareRun,
  reportRunEnded,
  repositoryRegistered,
  requestJob,
  scriptAdded,
} from '@borgledger/testkit'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { EventOf } from '../../event.js'
import {
  backup,
  begin,
  broken,
  endOf,
  type Hooks,
  intents,
  recordOf,
  run,
  start,
  steps,
  stop,
  tooLong,
  typesSince,
  well,
} from '../../fixtures/scripted-backup.js'

/** The work of a backup, ended so; which post-scripts are due then. */
const ways: ReadonlyArray<readonly [how: string, end: (ledger: MemoryLedger) => void, outcome: string, due: ReadonlyArray<string>]> = [
  ['well', (ledger) => run(ledger, evidence()), 'success', ['always', 'success']],
  ['with a warning', (ledger) => run(ledger, evidence({ missingSources: ['/home'] })), 'warning', ['always', 'warning']],
  ['failed', (ledger) => run(ledger, failedEvidence()), 'failure', ['always', 'failure']],
  [
    'without a passphrase',
    (ledger) => void ledger.submit(prepareRun('job_1', { runId: 'run_p', preflight: preflight({ passphraseProblem: 'not set' }) })),
    'failure',
    ['always', 'failure'],
  ],
  ['cancelled between steps', (ledger) => void ledger.submit(cancelJob()), 'cancelled', ['always']],
]
for (const [how, end, outcome, due] of ways)
  test(`after a backup that ended ${how}, those post-scripts run that are for ${due.join(' and ')}`, () => {
    const posts = ['always', 'success', 'warning', 'failure'].map((runOn) => ({ ...start, id: `on-${runOn}`, runOn })) as Hooks
    const ledger = memoryLedger(
      ownerReady(),
      repositoryRegistered(),
      ['stop-db', ...posts.map(({ id }) => id)].map((id) => scriptAdded(id)),
    )
    const work = { type: 'backup', spec: { sources: ['/home'], scripts: [stop, ...posts] } } as const
    ledger.submit(requestJob('job_1', { work }))
    run(ledger, well)
    end(ledger)
    const before = endingIn(ledger)
    run(ledger, ...due.map(() => well))
    assert.equal(
      intents(ledger)
        .slice(1)
        .map(({ scriptId, env }) => [scriptId, env['BORGLEDGER_HOOK_OUTCOME']]),
      due.map((runOn) => [`on-${runOn}`, outcome]),
    )
    assert.is(ledger.state().jobs.size, 0)
    const { state, outcome: ended, error } = recordOf(ledger)
    assert.equal([ended ?? (state === 'failed' ? 'failure' : state), error], [before.outcome, before.error])
  })

const endingIn = (ledger: MemoryLedger): EventOf<'EndingDecided'> => {
  const found = ledger.history().find(({ event }) => event.type === 'EndingDecided')
  assert.ok(found)
  return found.event as EventOf<'EndingDecided'>
}

test('a post-script that fails is a warning that names it, and changes neither a failure nor a cancel', () => {
  const done = backup([start])
  run(done, evidence(), broken)
  assert.equal(endOf(done), ['completed', 'warning', 'complete'])
  const failed = backup([start])
  run(failed, failedEvidence(), tooLong)
  assert.equal(endOf(failed), ['failed', 'borg-failed', 'none'])
  for (const ledger of [done, failed])
    assert.match(
      recordOf(ledger)
        .warnings.map(({ code, message }) => `${code}: ${message}`)
        .join(),
      'step-failed: post:start-db failed: ',
    )
})

test('a job that is cancelled while it waits runs no script: nothing was stopped', () => {
  const ledger = backup([start])
  ledger.submit(requestJob('job_2', { work: { type: 'backup', spec: { sources: ['/home'], scripts: [start] } } }))
  const count = ledger.history().length
  ledger.submit(cancelJob('job_2'))
  assert.equal(typesSince(ledger, count), ['CancelRequested', 'JobCancelled'])
})

test('a cancel in a pre-script skips the rest once that is gone, and the post-scripts run', () => {
  const ledger = backup([stop, stop, start])
  const runId = begin(ledger)
  ledger.submit(cancelJob())
  ledger.submit(reportRunEnded('job_1', { runId, evidence: { ...broken, exit: { code: 143, signal: null } } }))
  run(ledger, well)
  assert.equal(steps(ledger), ['pre:stop-db cancelled', 'post:start-db completed'])
  assert.equal(endOf(ledger), ['cancelled', null, 'none'])
})

test('a cancel that is asked among post-scripts is recorded, and changes nothing', () => {
  const ledger = backup([start, start])
  run(ledger, evidence())
  const runId = begin(ledger)
  assert.ok(E.isRight(ledger.submit(cancelJob())))
  ledger.submit(reportRunEnded('job_1', { runId, evidence: well }))
  run(ledger, well)
  assert.equal([...endOf(ledger), recordOf(ledger).cancel?.reason], ['completed', 'success', 'complete', 'wrong disk'])
})

test('a force is recorded once for each post-script that is under way, and nothing is cancelled by it', () => {
  const ledger = backup([start, start])
  run(ledger, evidence())
  const force = () => {
    const decided = ledger.submit(cancelJob('job_1', { force: true }))
    return E.isRight(decided) ? decided.right.map(({ event }) => event.type) : decided.left
  }
  for (const _ of ['first', 'second']) {
    const runId = begin(ledger)
    ledger.submit(cancelJob())
    assert.equal([force(), force()], [['CancelRequested'], []])
    ledger.submit(reportRunEnded('job_1', { runId, evidence: { ...broken, exit: { code: 143, signal: null } } }))
  }
  assert.equal(endOf(ledger), ['completed', 'warning', 'complete'])
})

test('a step that was begun and given up is not shown as running while post-scripts run', () => {
  const ledger = backup([start])
  const runId = begin(ledger)
  const locked = failedEvidence({ lastError: { msgid: 'LockTimeout', message: 'locked' } })
  ledger.submit(reportRunEnded('job_1', { runId, evidence: locked }))
  ledger.submit(cancelJob())
  begin(ledger)
  assert.equal(steps(ledger), ['create cancelled', 'post:start-db running'])
})

test.run()
