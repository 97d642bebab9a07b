/**
 * What must hold of the post-scripts of every job that has ended, whatever led to it.
 */
import { deepStrictEqual } from 'node:assert/strict'
import type { DomainEvent, EventOf, Recorded } from '@borgledger/domain'

type End = EventOf<'JobCompleted' | 'JobFailed' | 'JobCancelled'>

/** Those that are due after the ending that was decided ran once each, in order, before the job's end; no other did, and none without a start. */
export const everyPostScriptRunsOnce = (history: ReadonlyArray<Recorded<DomainEvent>>): void => {
  const about = new Map<string, DomainEvent[]>()
  for (const { event } of history) if ('jobId' in event) about.set(event.jobId, [...(about.get(event.jobId) ?? []), event])
  for (const [jobId, events] of about) {
    const until = events.findIndex(isEnd)
    if (until >= 0) deepStrictEqual(postScriptsIn(events.slice(0, until)), postScriptsDue(events), `post-scripts of ${jobId}`)
  }
}

const isEnd = (event: DomainEvent): event is End => ['JobCompleted', 'JobFailed', 'JobCancelled'].includes(event.type)

/** By the ids of their scripts; one that was prepared and one that was recorded as ended are the same. */
const postScriptsIn = (events: ReadonlyArray<DomainEvent>): ReadonlyArray<string> => {
  const steps = events.flatMap((event) => (event.type === 'StepFinished' && event.step.startsWith('post:') ? [event.step] : []))
  const prepared = events.flatMap((event) => (event.type === 'RunPrepared' && event.step.startsWith('post:') ? [event.step] : []))
  deepStrictEqual(prepared, steps, 'every run of a post-script is the only one of its step')
  return steps.map((step) => step.replace(/^post:/, '').replace(/#\d+$/, ''))
}

const postScriptsDue = (events: ReadonlyArray<DomainEvent>): ReadonlyArray<string> => {
  const [requested] = events
  const decided = events.find((event) => event.type === 'EndingDecided')
  const isBackup = requested?.type === 'JobRequested' && requested.work.type === 'backup'
  if (!isBackup || !events.some(({ type }) => type === 'JobStarted')) return []
  const outcome = decided?.type === 'EndingDecided' ? decided.outcome : outcomeOf(events.find(isEnd))
  const hooks = requested.work.type === 'backup' ? (requested.work.spec.scripts ?? []) : []
  return hooks.filter(({ phase, runOn = 'always' }) => phase === 'post' && (runOn === 'always' || runOn === outcome)).map(({ id }) => id)
}

const outcomeOf = (end: End | undefined): string => {
  switch (end?.type) {
    case 'JobCompleted':
      return end.outcome
    case 'JobFailed':
      return 'failure'
    default:
      return 'cancelled'
  }
}
