/** What happened to a job, a sentence an event: for somebody who has not seen the code. */
import type { JobEvent, JobEventOf } from '../job/index.js'
import type { Recorded } from '../recorded.js'
import type { Job } from '../views/index.js'
import { sayEvidence } from './evidence.js'
import { askedBy, between, effectOf, sayDuration, waitsFor, whoever } from './phrases.js'
import { sayRun, sayWork } from './work.js'

/** `before`: the job's record up to the event; undefined for its request. */
export const sayJobEvent = ({ event, at, actor }: Recorded<JobEvent>, before: Job | undefined): string => {
  switch (event.type) {
    case 'JobRequested': {
      const where = event.repositoryId === null ? '' : ` on repository ${event.repositoryId}`
      return `${capital(sayWork(event.work))}${where} was asked for, ${askedBy(event.trigger, actor)}.`
    }
    case 'JobHeldBack':
      return `It cannot start yet: ${waitsFor(event.reason, event.jobs)}.`
    case 'JobStarted':
      return `It started on ${event.host}${sayWait(before, at)}${sayClaim(event)}.`
    case 'StepStarted':
      return `Step ${event.step} began.`
    case 'StepFinished':
      return `Step ${event.step} ended: ${event.outcome}${event.error === null ? '' : `, ${event.error.code}: ${event.error.message}`}.`
    case 'RunPrepared':
      return `The intent was recorded, before any process: ${sayRun(event.work)}${event.attempt > 1 ? ` (attempt ${event.attempt})` : ''}.`
    case 'RunSpawned':
      return `Its process was started, number ${event.process.pid}.`
    case 'ProgressRecorded':
      return event.progress.percent == null ? 'It made progress.' : `It had come to ${event.progress.percent} %.`
    case 'SignalSent':
      return `${event.rung.signal} was sent to its ${event.rung.target}, to make it stop.`
    case 'RunEnded':
      return `Its run ended: ${sayEvidence(event.evidence)}.${sayRetry(event)}`
    case 'CancelRequested':
      return `${whoever(actor)} asked for it to stop: ${event.reason}.${event.force ? ' By force, where stopping half-way may do harm.' : ''}`
    default:
      return sayLater({ event, actor })
  }
}

type Later = Exclude<JobEvent, JobEventOf<Told>>
type Told =
  | 'JobRequested'
  | 'JobHeldBack'
  | 'JobStarted'
  | 'StepStarted'
  | 'StepFinished'
  | 'RunPrepared'
  | 'RunSpawned'
  | 'ProgressRecorded'
  | 'SignalSent'
  | 'RunEnded'
  | 'CancelRequested'

/** How it is looked after, how it ends, and what comes after that. */
const sayLater = ({ event, actor }: { readonly event: Later; readonly actor: string }): string => {
  switch (event.type) {
    case 'JobDetached':
      return 'The host ended and left it running on purpose; the next one follows it.'
    case 'JobRecovered':
      return sayRecovery(event)
    case 'JobLookedAt':
      return `The watch looked for its process, which is ${event.traces.liveness}.`
    case 'RunStalled':
      return `Its process has done nothing since ${event.since}: no output, no computing, no reading or writing.`
    case 'RunResumed':
      return 'Its process does something again.'
    case 'EndingDecided':
      return `How it ends was decided, before its post-scripts: ${event.outcome}.`
    case 'JobCompleted':
      return `It completed with ${event.outcome}: ${sayEnd(event)}.${sayWarnings(event)}`
    case 'JobFailed':
      return `It failed, ${event.error.code}: ${event.error.message} (${sayEnd(event)}).`
    case 'JobCancelled':
      return `It was cancelled${event.error === null ? '' : `, ${event.error.code}: ${event.error.message}`} (${sayEnd(event)}).`
    case 'LateReportObserved':
      return `A report came after the end (${event.report}); it changes nothing.`
    case 'JobEntryDeleted':
      return `${whoever(actor)} deleted its entry from the history; this log keeps that there was a job.`
    case 'LogRemovalDecided':
      return `Its log is to be removed: ${removalWords[event.reason]}.`
    case 'LogRemoved':
      return `Its log was removed: ${removalWords[event.reason]}.`
  }
}

const sayWait = (before: Job | undefined, at: string): string => {
  if (before?.waitingFor == null) return ''
  return `, after it had waited ${between(before.createdAt, at)} (last because ${waitsFor(before.waitingFor.reason, before.waitingFor.jobs)})`
}

const sayClaim = ({ claim }: JobEventOf<'JobStarted'>): string => {
  if (claim === null) return ''
  return claim.mode === 'exclusive' ? ', and has the repository to itself' : ', and shares the repository with others that only read'
}

const sayRetry = ({ retryAfterMs }: JobEventOf<'RunEnded'>): string =>
  retryAfterMs === null ? '' : ` It is tried again${retryAfterMs === 0 ? ' at once' : ` in ${sayDuration(retryAfterMs)}`}.`

type End = JobEventOf<'JobCompleted' | 'JobFailed' | 'JobCancelled'>

/** The rule by which it was decided, and what the repository showed. */
const sayEnd = ({ verdict, effect, archive }: End): string =>
  `rule ${verdict.rule}, ${effectOf(effect)}${archive === null ? '' : `, archive ${archive}`}`

const sayWarnings = ({ warnings }: End): string =>
  warnings.length === 0 ? '' : ` Warnings: ${warnings.map(({ code, message }) => `${code} (${message})`).join('; ')}.`

const sayRecovery = ({ traces, decision }: JobEventOf<'JobRecovered'>): string => {
  const process = traces.report === 'ended' ? 'had ended and left a report' : traceWords[traces.liveness]
  return `It was looked at: its process ${process}. ${decisionWords[decision]}`
}

const traceWords = { alive: 'was alive', gone: 'was gone', unknown: 'could not be seen' } as const
const decisionWords: Readonly<Record<JobEventOf<'JobRecovered'>['decision'], string>> = {
  follow: 'It goes on and is followed to its end.',
  stop: 'It is stopped, as the settings say for jobs that a host left behind.',
  fail: 'It fails: nothing goes on with it.',
  leave: 'It keeps its repository until an admin says how it ended, for nobody can see.',
  resume: 'Its ending was decided; its post-scripts go on.',
  stale: 'It is stale and fails.',
}

const removalWords: Readonly<Record<JobEventOf<'LogRemoved'>['reason'], string>> = {
  policy: 'the settings keep none of a job that went so',
  age: 'it was older than the settings keep logs',
  cap: 'all logs together were larger than the settings allow',
  'entry-deleted': 'its entry was deleted',
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
