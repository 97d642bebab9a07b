/**
 * Writes docs/events.md from the codecs of the domain: every event that is ever stored, and what is in it.
 *
 * Run: npx tsx --conditions=@borgledger/source scripts/event-catalogue.ts
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { DomainEvent, type EventType } from '@borgledger/domain'
import type * as t from 'io-ts'
import { describe, type Field, fieldsOf, shapes } from './describe-codec.js'

/** What each event says has happened. An event without its sentence does not compile. */
const sentences: Readonly<Record<EventType, string>> = {
  JobRequested: 'Somebody, a schedule or another job asked for a job. It is pending from here on, and its whole spec is in this event.',
  JobHeldBack: 'The job cannot start now, and for whom it waits. Recorded when that changes.',
  JobStarted: 'The job got its slot and its claim on the repository, and runs: one decision.',
  StepStarted: 'A step of the job began.',
  StepFinished: 'A step of the job ended.',
  RunPrepared: 'A process is about to be started. This is recorded before it is, so that a host that comes after a crash looks for it.',
  RunSpawned: 'The process was started, and which one it is.',
  ProgressRecorded: 'How far a run was: at step changes, every ten percent and every minute.',
  SignalSent: 'A process was signalled to make it stop: one rung of the ladder.',
  RunEnded: 'The process is gone, and what it left as evidence. `retryAfterMs` says that the step tries again; null that it is over.',
  CancelRequested: 'Somebody asked for the job to stop. It is cancelled once its processes are seen gone.',
  JobDetached: 'The host was about to end and left the job running on purpose. The next one follows it, whatever its policy.',
  JobLookedAt: 'The watch saw the process of an unattended job gone, or saw it again. Gone at two looks a minute apart is proven.',
  RunStalled: 'The process has done nothing since then: no output, no CPU time, no I/O. That is shown; nothing is ended for it.',
  RunResumed: 'The process of a stalled run does something again.',
  EndingDecided: 'How the job ends, decided before its post-scripts. They run with it, and the terminal event says it again.',
  JobRecovered:
    'What was seen of a job that was running, by start-up cleanup or when a scheduled check was looked at for being stale, and what was decided.',
  JobCompleted: 'The end: the job did what it was asked to do. `warning` if anything was wrong on the way.',
  JobFailed: 'The end: the job did not do what it was asked to do, and why.',
  JobCancelled:
    'The end: the job was stopped, or never started, because somebody asked for that, or a pre-script of the backup did (`error`).',
  LateReportObserved: 'A report came after the end. It changes nothing, and is not lost.',
  JobEntryDeleted: 'An admin deleted the entry from the history. The log keeps that there was a job.',
  LogRemovalDecided:
    'The job log is to be removed, and why. What the policy says is decided with the end of the job, by the settings of that moment.',
  LogRemoved: 'The file of the job log is gone, and why.',
  ScheduleAdded: 'There is a schedule from here on. It is accounted for from `accountedUntil` on.',
  ScheduleChanged: 'The schedule has another definition, under which it is due after `accountedUntil`.',
  ScheduleRemoved: 'There is no such schedule any more. Jobs that it made stay.',
  TickQueued: 'A due instant waits, and for whom: its job is not made yet. Recorded when that changes.',
  TickFired: 'A due instant made its job, in the same commit.',
  TicksSkipped: 'Due instants made no job, and why: all of them from `dueAt` to `until`, both included.',
  TickAttemptFailed: 'The job of a due instant could not be made. It is tried again at `retryAt`, until `fireBy`.',
  TickFailed: 'The job of a due instant could not be made within its window.',
  RepositoryRegistered: 'A repository is known from here on. `created` says that borg made it for this registration.',
  RepositoryIdentified: "Borg's own id of the repository became known, or another one stands at the location now.",
  RepositoryChanged: 'The name or the place of a repository changed. Its id stays, and with it its history.',
  RepositoryRemoved: 'A repository is not known any more. Nothing was done to its archives.',
  NotificationTargetAdded: 'Notifications go to this target from here on. Whatever is secret in its configuration is a reference.',
  NotificationTargetChanged: 'A target changed; this is the whole of it. What waits for it is attempted at once.',
  NotificationTargetRemoved: 'Nothing is told to this target any more.',
  NotificationQueued: 'A target is to be told of something that the same commit records, or tested.',
  Delivered: 'The target took the notification.',
  DeliveryFailed: 'An attempt to tell the target failed. It is attempted again after `retryAfterMs`, or given up.',
  DeliveryDropped: 'The target was removed before the notification had reached it.',
  ArchivesListed: 'All archives of a repository were listed, and how that differs from what was recorded of them before.',
  ScriptAdded: 'A script is in the library from here on.',
  ScriptChanged: 'A script changed; all of it as it is now. Runs say which text they ran.',
  ScriptRemoved: 'A script is in the library no more. No unfinished job named it.',
  TokenCreated:
    'There is a token from here on, with a role. Its secret is nowhere in the log; the actor of what is done with it is `token:` and its name.',
  TokenRevoked: 'The token opens nothing any more, nor any stream that is open.',
  SettingsChanged: 'Some settings changed; only those are in the event.',
  OwnerStarted: 'A process took the data directory over. Nothing starts until its start-up cleanup is done.',
  DispatchOpened: 'Start-up cleanup is done, and somebody can watch over runs: jobs may start.',
  DispatchClosed: 'No further job starts: the owner is about to end, or nobody can watch over a run, and why.',
  CallBegan:
    'A short call of borg that is no job got its claim on the repository. One without an end died with its owner, and its claim with it.',
  CallEnded: 'The call is over, how it went, and its claim is free.',
  IdempotencyKeyUsed: 'A request came with an idempotency key. The same key and request make one thing for 24 hours.',
}

const table = (fields: ReadonlyArray<Field>): string => {
  const rows = fields.map(({ name, optional, codec }) => `| \`${name}\`${optional ? ' (optional)' : ''} | ${describe(codec)} |`)
  return rows.length === 0 ? 'No further data.' : ['| field | holds |', '| --- | --- |', ...rows].join('\n')
}

const section = (event: t.Mixed): string => {
  const fields = (fieldsOf(event) ?? []).filter(({ name }) => name !== 'type')
  return `### ${event.name}\n\n${sentences[event.name as EventType]}\n\n${table(fields)}`
}

const shapeSection = ([name, shape]: readonly [string, t.Mixed]): string => {
  const fields = fieldsOf(shape)
  return `### ${name}\n\n${fields === null ? `One of: ${describe(shape, shape)}.` : table(fields)}`
}

/** The codecs of the single events, in the order of the nouns. */
const codecsIn = (codec: t.Mixed): ReadonlyArray<t.Mixed> => {
  const { types } = codec as { readonly types?: ReadonlyArray<t.Mixed> }
  return types === undefined ? [codec] : types.flatMap(codecsIn)
}

export const eventCatalogue = (): string =>
  `${[
    '# Events',
    'Generated from the codecs of `@borgledger/domain`; do not edit. `npx tsx --conditions=@borgledger/source scripts/event-catalogue.ts` writes it anew.',
    'Every event is stored with its position, id, time, actor, tags, version and the ids of its commit, its correlation and its cause. What follows is its data. Names and shapes are for ever: a new shape is a new version, and old ones are read for ever.',
    'A *text* is any text, an *id* is lower-case letters, digits, `.`, `_` and `-` (at most 64), an *instant* is RFC 3339 in UTC with milliseconds, a *count* is a whole number from 0.',
    '## The events',
    ...codecsIn(DomainEvent).map(section),
    '## Shapes',
    ...Object.entries(shapes).map(shapeSection),
  ].join('\n\n')}\n`

export const catalogueFile = fileURLToPath(new URL('../docs/events.md', import.meta.url))

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeFileSync(catalogueFile, eventCatalogue())
