/**
 * One run of the scripted runner: a process that lives or is gone, what it left, and who listens.
 */
import type { ArchiveListed, RunEvidence, RunTraces, SignalRung, StopRung } from '@borgledger/domain'
import type { RunReport, RunRequest } from '@borgledger/engine'
import { Observable, type Subscriber } from 'rxjs'
import { processIdentity } from '../samples.js'
import { type Behaviour, ownEnd, stoppedBy } from './behaviour.js'

export interface ScriptedRun {
  readonly request: RunRequest
  readonly isAlive: () => boolean
  /** Every signal that was sent, in order. */
  readonly signals: ReadonlyArray<SignalRung>
  /** Tells that it was spawned, then whatever follows. A run that has ended is told to its end. */
  readonly tell: Observable<RunReport>
  /** Whoever listens hears this. */
  readonly report: (report: RunReport) => void
  /** The first end counts: a process ends once. `reported`: it left a report for whoever looks later. */
  readonly finish: (evidence: RunEvidence, reported: boolean) => void
  /** The worker that told of it died; the process goes on. */
  readonly loseWorker: () => void
  readonly stop: (ladder: ReadonlyArray<StopRung>) => void
  readonly traces: () => RunTraces
}

interface End {
  readonly evidence: RunEvidence
  readonly reported: boolean
}

/** The archives of the run's repository, to be looked at and changed. */
export interface ScriptedRepository {
  readonly archives: () => ReadonlyArray<ArchiveListed>
  /** The run has ended, and left this. */
  readonly leave: (evidence: RunEvidence) => void
}

/** It has ended already when its behaviour is to end by itself; listeners hear of it in their turn. */
export const scriptedRun = (request: RunRequest, behaviour: Behaviour, pid: number, repository: ScriptedRepository): ScriptedRun => {
  const listeners = new Set<Subscriber<RunReport>>()
  const signals: SignalRung[] = []
  const heeds = behaviour.does === 'hang' ? (behaviour.heedsRung ?? 1) : 1
  let losses = behaviour.does === 'lose-worker' ? (behaviour.times ?? 1) : 0
  const byItself = ownEnd(behaviour, request.work, repository.archives())
  let end: End | null = byItself === null ? null : { evidence: byItself, reported: behaviour.does !== 'vanish' }
  if (byItself !== null) repository.leave(byItself)

  const tellEnd = (listener: Subscriber<RunReport>): void => {
    if (end === null) return
    listener.next({ tag: 'Ended', evidence: end.evidence, logBytes: null })
    listener.complete()
  }
  const tell = new Observable<RunReport>((listener) => {
    listeners.add(listener)
    queueMicrotask(() => {
      listener.next({ tag: 'Spawned', process: processIdentity(pid) })
      if (losses > 0) {
        losses -= 1
        listener.error(workerLost())
      } else tellEnd(listener)
    })
    return () => void listeners.delete(listener)
  })
  const report = (heard: RunReport): void => {
    for (const listener of [...listeners]) listener.next(heard)
  }
  const finish = (evidence: RunEvidence, reported: boolean): void => {
    if (end !== null) return
    end = { evidence, reported }
    repository.leave(evidence)
    for (const listener of [...listeners]) tellEnd(listener)
  }
  const stop = (ladder: ReadonlyArray<StopRung>): void => {
    for (const [index, { signal, target }] of ladder.slice(0, heeds).entries()) {
      if (end !== null) return
      signals.push({ rung: index + 1, signal, target })
      report({ tag: 'Signalled', rung: { rung: index + 1, signal, target } })
      if (index + 1 === heeds) finish(stoppedBy(signal, request.work.kind, repository.archives()), true)
    }
  }
  const loseWorker = (): void => {
    for (const listener of [...listeners]) listener.error(workerLost())
  }
  const traces = (): RunTraces =>
    end === null ? { report: 'none', liveness: 'alive' } : { report: end.reported ? 'ended' : 'none', liveness: 'gone' }
  return { request, isAlive: () => end === null, signals, tell, report, finish, loseWorker, stop, traces }
}

const workerLost = (): Error => new Error('the worker is gone')
