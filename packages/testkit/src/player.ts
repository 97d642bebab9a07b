/**
 * Plays actions on a ledger: each becomes commands, as people, the runner and the owner give them.
 */
import type { Command, RunWork } from '@borgledger/domain'
import type { Action } from './actions.js'
import { endedAs } from './ends.js'
import type { MemoryLedger } from './memory-ledger.js'
import { runWork } from './run-samples.js'
import { preflight, processIdentity } from './samples.js'

type JobAction = Exclude<Extract<Action, { readonly nth: number }>, { readonly do: 'end-call' }>

/** Each call plays one action. */
export const playerOn = (ledger: MemoryLedger): ((action: Action) => void) => {
  const commands: Command[] = []
  const asked: string[] = []
  let runs = 0
  let calls = 0

  /** The nth of the unfinished jobs; past them, the nth that was ever asked for. */
  const jobAt = (nth: number): string | undefined => {
    const unfinished = [...ledger.state().jobs.keys()]
    return unfinished[nth % (unfinished.length + 3)] ?? asked[nth % Math.max(asked.length, 1)]
  }
  const submit = (command: Command | undefined): void => {
    if (command === undefined) return
    commands.push(command)
    ledger.submit(command)
  }
  /** Save a request whose job is over: ids are fresh, so that nobody asks for a job under a used one. */
  const repeat = (command: Command | undefined): void => {
    if (command?.type !== 'RequestJob' || ledger.state().jobs.has(command.jobId)) submit(command)
  }
  const aboutJob = (action: JobAction): void => {
    const jobId = action.do === 'repeat' ? undefined : jobAt(action.nth)
    if (jobId === undefined) {
      repeat(commands[action.nth % Math.max(commands.length, 1)])
      return
    }
    const run = ledger.state().jobs.get(jobId)?.run
    const runId = action.do === 'prepare' ? `run_${(runs += 1)}` : (run?.runId ?? `run_${runs}`)
    submit(commandOf(action, jobId, { runId, work: run?.work ?? runWork('create') }))
  }

  return (action) => {
    switch (action.do) {
      case 'request':
        asked.push(`job_${asked.length + 1}`)
        return submit({ ...action.request, jobId: `job_${asked.length}` })
      case 'settings':
        return submit({ type: 'ChangeSettings', changes: action.changes })
      case 'call':
        calls += 1
        return submit(beginningOf(action, `call_${calls}`, ledger))
      case 'end-call':
        return submit(endOf(action, ledger))
      case 'open':
        return submit({ type: 'OpenDispatch' })
      case 'close':
        return submit({ type: 'CloseDispatch', reason: 'told so' })
      case 'wait':
        return ledger.wait(action.ms)
      case 'restart':
        return restart(action, ledger).forEach(submit)
      default:
        return aboutJob(action)
    }
  }
}

/** Before a repository is registered only its location is known: a call about that counts as well. */
const beginningOf = ({ repositoryId, call }: Action & { readonly do: 'call' }, callId: string, ledger: MemoryLedger): Command => {
  const { location } = ledger.state().repositories.get(repositoryId)?.access ?? { location: '/nowhere' }
  const isEarly = call.kind === 'identify' || call.kind === 'init'
  return { type: 'BeginCall', callId, about: isEarly ? { location } : { repositoryId }, call }
}

const endOf = ({ nth, failed }: Action & { readonly do: 'end-call' }, ledger: MemoryLedger): Command | undefined => {
  const underWay = [...ledger.state().calls.keys()]
  const callId = underWay[nth % Math.max(underWay.length, 1)]
  const error = failed ? { code: 'borg-failed', message: 'told so' } : null
  return callId === undefined ? undefined : { type: 'EndCall', callId, error, archives: failed ? null : { added: [], removed: [] } }
}

const restart = ({ traces }: Action & { readonly do: 'restart' }, ledger: MemoryLedger): ReadonlyArray<Command> => {
  const running = [...ledger.state().jobs.values()].filter((job) => job.status === 'running')
  const recoveries = running.map(({ jobId }): Command => ({ type: 'RecoverJob', jobId, traces }))
  return [{ type: 'StartOwner', host: 'host-b', software: '0.1.0', rules: 1 }, ...recoveries, { type: 'OpenDispatch' }]
}

/** `run`: the one that the job has, or may have had. */
const commandOf = (action: JobAction, jobId: string, run: { runId: string; work: RunWork }): Command | undefined => {
  const { runId, work } = run
  switch (action.do) {
    case 'repeat':
      return undefined
    case 'cancel':
      return { type: 'CancelJob', jobId, reason: 'told so', force: action.force }
    case 'delete':
      return { type: 'DeleteJobEntry', jobId }
    case 'resolve': {
      const traces = { report: 'none', liveness: 'gone' } as const
      return { type: 'ResolveJob', jobId, state: action.as, reason: 'told so', traces }
    }
    case 'prepare':
      return { type: 'PrepareRun', jobId, runId, preflight: preflight({ missingSources: action.missingSources }) }
    case 'spawn':
      return { type: 'ReportSpawned', jobId, runId, process: processIdentity() }
    case 'signal':
      return { type: 'ReportSignal', jobId, runId, rung: { rung: 1, signal: 'SIGINT', target: 'process' } }
    case 'progress':
      return { type: 'ReportProgress', jobId, runId, progress: { percent: action.percent } }
    case 'end':
      return { type: 'ReportRunEnded', jobId, runId, evidence: endedAs(action.how, work), logBytes: 1 }
  }
}
