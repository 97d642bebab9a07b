/** A backup with pre-scripts, and how its ending is decided before its post-scripts. */
import { archiveMade, evidence, evidenceOf, preflight, prepareRun, reportRunEnded, scriptAdded } from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { EventOf } from '../../event.js'
import {
  backup,
  begin,
  broken,
  endOf,
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

test('pre-scripts come first, post-scripts last, each a step of its own; two hooks of one script are told apart', () => {
  const ledger = backup([stop, start, stop, { ...start, id: 'stop-db' }, start], { prune: { keep: { last: 1 } } })
  run(ledger, well, well, evidence())
  const child = begin(ledger, 'job_1-prune')
  ledger.submit(reportRunEnded('job_1-prune', { runId: child, evidence: evidenceOf('prune-plan', { prunes: [] }) }))
  run(ledger, well, well, well)
  assert.equal(
    steps(ledger),
    ['pre:stop-db', 'pre:stop-db#2', 'create', 'prune', 'post:start-db', 'post:stop-db', 'post:start-db#2'].map(
      (step) => `${step} completed`,
    ),
  )
  assert.equal(endOf(ledger), ['completed', 'success', 'complete'])
})

test('the ending is decided in one commit with the end of the work, and told to post-scripts alone', () => {
  const ledger = backup([stop, start])
  run(ledger, well)
  const count = ledger.history().length
  run(ledger, evidence())
  assert.equal(typesSince(ledger, count), ['StepStarted', 'RunPrepared', 'RunEnded', 'StepFinished', 'EndingDecided'])
  assert.is(ledger.state().jobs.get('job_1')?.status, 'running')
  assert.ok(ledger.state().jobs.get('job_1')?.claim, 'the claim is kept')
  run(ledger, well)
  const hook = (phase: string, outcome: string, archive: string) => ({
    BORGLEDGER_HOOK_PHASE: phase,
    BORGLEDGER_HOOK_JOB_ID: 'job_1',
    BORGLEDGER_HOOK_REPOSITORY_ID: 'laptop',
    BORGLEDGER_HOOK_LOCATION: '/backups/laptop',
    BORGLEDGER_HOOK_OUTCOME: outcome,
    BORGLEDGER_HOOK_ARCHIVE: archive,
  })
  const [before, after] = intents(ledger)
  assert.equal([before?.env, after?.env], [hook('pre', '', ''), hook('post', 'success', archiveMade().name)])
  assert.equal(after && { ...after, env: {} }, { kind: 'script', ...withoutType(scriptAdded('start-db')) })
  const end = ledger.history().at(-2)?.event as EventOf<'JobCompleted'>
  assert.equal(
    [end.type, end.outcome, end.archive, end.originalBytes, end.logBytes],
    ['JobCompleted', 'success', archiveMade().name, 1_000_000, 512],
  )
})

const withoutType = ({ type: _, ...script }: EventOf<'ScriptAdded'>) => script

test('without a post-script that is due, the end comes as it always did', () => {
  const ledger = backup([stop, { ...start, runOn: 'failure' }])
  run(ledger, well, evidence())
  assert.not(typesSince(ledger, 0).includes('EndingDecided'))
  assert.equal(endOf(ledger), ['completed', 'success', 'complete'])
})

test('a script is run as it is when its turn comes', () => {
  const ledger = backup([start])
  const { type: _, ...script } = scriptAdded('start-db')
  ledger.submit({ type: 'ChangeScript', ...script, program: { argv: ['/bin/true'] } })
  run(ledger, evidence(), well)
  assert.equal(intents(ledger)[0]?.program, { argv: ['/bin/true'] })
})

/** What a failing pre-script makes of the backup, by its `onFailure`. */
const onFailure = [
  ['fail', broken, 'failed', 'script-failed'],
  ['fail', tooLong, 'failed', 'script-timeout'],
  ['skip', broken, 'cancelled', 'skipped-by-script'],
  ['skip', tooLong, 'cancelled', 'skipped-by-script'],
] as const
for (const [policy, how, state, code] of onFailure)
  test(`${policy}: a pre-script that ${how === broken ? 'fails' : 'takes too long'} makes the backup ${state}, and borg is not started`, () => {
    const ledger = backup([{ ...stop, onFailure: policy }, stop, start])
    run(ledger, how, well)
    assert.equal(endOf(ledger), [state, code, 'none'])
    assert.equal(steps(ledger), ['pre:stop-db failed', 'post:start-db completed'])
    assert.match(recordOf(ledger).error?.message ?? '', 'pre:stop-db failed: ')
  })

test('continue: a pre-script that fails is a warning, and the backup goes on', () => {
  const ledger = backup([{ ...stop, onFailure: 'continue' }])
  run(ledger, broken, evidence())
  assert.equal(endOf(ledger), ['completed', 'warning', 'complete'])
  assert.equal(recordOf(ledger).warnings, [
    { code: 'script-failed', message: 'pre:stop-db failed: script stop-db ended with exit code 1', count: 1 },
  ])
  assert.equal(steps(ledger), ['pre:stop-db failed', 'create completed'])
})

test('a warning of a pre-script is not lost with a failure after it', () => {
  const ledger = backup([{ ...stop, onFailure: 'continue' }])
  run(ledger, broken)
  ledger.submit(prepareRun('job_1', { runId: 'run_gone', preflight: preflight({ missingSources: ['/home'] }) }))
  assert.equal(
    [...endOf(ledger), recordOf(ledger).warnings.map(({ code }) => code)],
    ['failed', 'source-missing', 'none', ['script-failed']],
  )
})

test.run()
