/** Every operation by its method and path. A test finds a route that is not here, and one that is here alone. */
import { Instant, Settings } from '@borgledger/domain'
import { bodies } from 'borgledger'
import { CancelBody, ResolveBody } from '../http/routes/end-bodies.js'
import { SecretBody } from '../http/routes/secrets.js'
import { begins, creates, does, gives, givesList, givesPage, type Operation, streams, takes } from './operation.js'
import {
  ExplainedRecord,
  HeadCheckRecord,
  PastStateRecord,
  RepositoryExplainedRecord,
  VerificationRecord,
  WhatIfRecord,
} from './records/audit.js'
import { JobRecord } from './records/job.js'
import { CreatedTokenRecord, DeliveryRecord, EventRecorded, ScriptRecord, TargetRecord, TokenRecord } from './records/others.js'
import { ArchiveListRecord, LockBrokenRecord, RepositoryRecord } from './records/repository.js'
import { ScheduleRecord, TickRecord } from './records/schedule.js'

const jobs: Readonly<Record<string, Operation>> = {
  'POST /jobs': begins('Ask for a job', bodies.job, JobRecord),
  'GET /jobs': givesPage('Jobs, newest first', JobRecord),
  'GET /jobs/:id': gives('A job, now or as it was', JobRecord),
  'DELETE /jobs/:id': does('Delete the entry of a job that is over'),
  'POST /jobs/:id/cancel': begins('Cancel a job', CancelBody, JobRecord),
  'POST /jobs/:id/resolve': takes('Say how a job ended that nobody can see', ResolveBody, JobRecord),
  'GET /jobs/:id/stream': streams('A job at each change: `event: job`'),
  'GET /jobs/:id/events': givesList('The events of a job, in order', EventRecorded),
  'GET /jobs/:id/log': {
    summary: 'The log of a job: whole, in part (`Range`), or its last lines',
    answers: { 200: { 'text/plain': null }, 206: { 'text/plain': null } },
  },
  'GET /jobs/:id/log/stream': streams('The log of a job as it grows: `event: log`, at last `event: end`'),
}

const repositories: Readonly<Record<string, Operation>> = {
  'GET /repositories': givesPage('Repositories', RepositoryRecord),
  'POST /repositories': creates('Register a repository, and make it if asked to', bodies.repository, RepositoryRecord),
  'GET /repositories/:id': gives('A repository', RepositoryRecord),
  'PATCH /repositories/:id': takes('Change a repository', bodies.repositoryPatch, RepositoryRecord),
  'DELETE /repositories/:id': does('Forget a repository; its archives stay'),
  'GET /repositories/:id/archives': gives('The archives of a repository, oldest first', ArchiveListRecord),
  'POST /repositories/:id/break-lock': takes('Break a lock that somebody left', bodies.breakLock, LockBrokenRecord),
}

const schedules: Readonly<Record<string, Operation>> = {
  'GET /schedules': givesPage('Schedules', ScheduleRecord),
  'POST /schedules': creates('Add a schedule; `job` as for POST /jobs, without `onBusy`', bodies.schedule, ScheduleRecord),
  'GET /schedules/:id': gives('A schedule', ScheduleRecord),
  'PATCH /schedules/:id': takes('Change a schedule', bodies.schedulePatch, ScheduleRecord),
  'DELETE /schedules/:id': does('Remove a schedule; jobs that it made stay'),
  'POST /schedules/:id/run': begins('Make the job of a schedule now', undefined, JobRecord),
  'GET /schedules/:id/preview': givesList('The next due instants', Instant),
  'GET /schedules/:id/ticks': givesPage('What became of the due instants, newest first', TickRecord),
}

const configuration: Readonly<Record<string, Operation>> = {
  'GET /settings': gives('The settings', Settings),
  'PATCH /settings': takes('Change settings', bodies.settingsPatch, Settings),
  'PUT /secrets/:name': does('Keep a secret', SecretBody),
  'DELETE /secrets/:name': does('Forget a secret'),
  'GET /scripts': givesPage('Scripts', ScriptRecord),
  'POST /scripts': creates('Add a script', bodies.script, ScriptRecord),
  'GET /scripts/:id': gives('A script', ScriptRecord),
  'PATCH /scripts/:id': takes('Change a script', bodies.scriptPatch, ScriptRecord),
  'DELETE /scripts/:id': does('Remove a script'),
  'GET /notification-targets': givesPage('Notification targets', TargetRecord),
  'POST /notification-targets': creates('Add a notification target', bodies.target, TargetRecord),
  'GET /notification-targets/:id': gives('A notification target', TargetRecord),
  'PATCH /notification-targets/:id': takes('Change a notification target', bodies.targetPatch, TargetRecord),
  'DELETE /notification-targets/:id': does('Remove a notification target'),
  'POST /notification-targets/:id/test': { summary: 'Queue a test', answers: { 201: { 'application/json': DeliveryRecord } } },
  'GET /deliveries': givesPage('Deliveries, newest first', DeliveryRecord),
  'GET /tokens': givesPage('Tokens, without their secrets', TokenRecord),
  'POST /tokens': creates('Create a token; its secret is told this once', bodies.token, CreatedTokenRecord),
  'GET /tokens/:id': gives('A token', TokenRecord),
  'DELETE /tokens/:id': does('Revoke a token'),
}

const history: Readonly<Record<string, Operation>> = {
  'GET /events': givesPage('Events, in order', EventRecorded),
  'GET /events/stream': streams('Events as they are recorded: `event: recorded`; resumes by `Last-Event-ID`'),
  'POST /audit/verify': {
    summary: 'Verify the log; for `text/event-stream` with its progress',
    answers: { 200: { 'application/json': VerificationRecord, 'text/event-stream': null } },
  },
  'GET /audit/state': gives('The ledger at a moment', PastStateRecord),
  'GET /audit/explain/jobs/:id': givesList('A job in sentences', ExplainedRecord),
  'GET /audit/explain/schedules/:id': givesList('A due instant in sentences', ExplainedRecord),
  'GET /audit/explain/repositories/:id': gives('What happened to a repository', RepositoryExplainedRecord),
  'POST /audit/what-if': takes('The history decided anew under other settings', bodies.alternative, WhatIfRecord),
  'GET /audit/head': gives('Where the log stands, signed', bodies.signedHead),
  'POST /audit/head': takes('Does the log still hold what was signed?', bodies.signedHead, HeadCheckRecord),
  'GET /audit/export': { summary: 'The log as newline JSON', answers: { 200: { 'application/x-ndjson': null } } },
}

/** Paths below `/api/v1`, with `:name` for what differs, as routes have them. */
export const operations: Readonly<Record<string, Operation>> = {
  ...jobs,
  ...repositories,
  ...schedules,
  ...configuration,
  ...history,
}
