/** Whatever happened before: once runs end well, every job that waits starts, and nothing is left. */
import { deepStrictEqual, ok } from 'node:assert/strict'
import {
  endCall,
  endedAs,
  everyJobLivesOnce,
  everyPostScriptRunsOnce,
  type MemoryLedger,
  playerOn,
  prepareRun,
  propertySettings,
  reportRunEnded,
  unfinishedJobs,
} from '@borgledger/testkit'
import fc from 'fast-check'
import { test } from 'uvu'
import { lives, newLedger } from './fixtures/lives.js'

/** Lets every run end well, as long as there is anything to do: steps are prepared and end, one after another. */
const drain = (ledger: MemoryLedger): number => {
  const play = playerOn(ledger)
  const limits = { maxConcurrentManualBackups: 1, maxConcurrentScheduledBackups: 1, maxConcurrentScheduledChecks: 1 }
  play({ do: 'settings', changes: limits })
  play({ do: 'open' })
  for (const callId of ledger.state().calls.keys()) ledger.submit(endCall(callId))
  let rounds = 0
  for (; ledger.state().jobs.size > 0; rounds++) {
    const running = [...ledger.state().jobs.values()].filter(({ status }) => status === 'running')
    ok(running.length > 0, `nothing runs, and ${[...ledger.state().jobs.keys()]} wait for ever`)
    for (const { jobId } of running) finish(ledger, jobId, `drain_${rounds}_${jobId}`)
  }
  return rounds
}

/** Through all of its steps, and those of the children that it waits for. */
const finish = (ledger: MemoryLedger, jobId: string, runId: string): void => {
  for (let step = 1; ledger.state().jobs.has(jobId); step += 1) {
    ok(step < 12, `${jobId} has no end`)
    const children = [...ledger.state().jobs.values()].filter(({ trigger }) => trigger.kind === 'parent' && trigger.jobId === jobId)
    for (const child of children) finish(ledger, child.jobId, `${runId}_${child.jobId}`)
    if (children.length > 0) continue
    ledger.submit(prepareRun(jobId, { runId: `${runId}_${step}` }))
    const run = ledger.state().jobs.get(jobId)?.run
    ok(run, `${jobId} runs, and no run of it can begin`)
    ledger.submit(reportRunEnded(jobId, { runId: run.runId, evidence: endedAs('well', run.work) }))
  }
}

test('with enough ends every job starts, and in the end each has exactly one end', () => {
  fc.assert(
    fc.property(lives, (actions) => {
      const ledger = newLedger()
      actions.forEach(playerOn(ledger))
      const waiting = [...ledger.state().jobs.values()].filter(({ status }) => status === 'pending').map(({ jobId }) => jobId)
      const rounds = drain(ledger)
      ok(rounds <= waiting.length + 1, `${rounds} rounds for ${waiting.length} waiting jobs`)
      const started = new Set(ledger.history().flatMap(({ event }) => (event.type === 'JobStarted' ? [event.jobId] : [])))
      for (const jobId of waiting) ok(started.has(jobId), `${jobId} never started`)
      deepStrictEqual(unfinishedJobs(ledger.history()), [])
      everyJobLivesOnce(ledger.history())
      everyPostScriptRunsOnce(ledger.history())
    }),
    propertySettings(100),
  )
})

test.run()
