/** The ledger's numbers as metrics. What happened is counted over the whole log, so a restart sets nothing back. */
import type { Figures } from 'borgledger'
import type { Family } from './exposition.js'
import { counter, gauge, secondsOf } from './families.js'

export const ledgerFamilies = (figures: Figures): ReadonlyArray<Family> => [
  ...jobFamilies(figures),
  ...queueFamilies(figures),
  ...historyFamilies(figures),
  ...verificationFamilies(figures),
]

const jobFamilies = ({ unfinished, tally }: Figures): ReadonlyArray<Family> => [
  gauge(
    'borgledger_jobs',
    'Jobs that are not over, by type and state.',
    unfinished.flatMap(({ type, pending, running }) => [
      { labels: { type, state: 'pending' }, value: pending },
      { labels: { type, state: 'running' }, value: running },
    ]),
  ),
  counter(
    'borgledger_jobs_finished_total',
    'Jobs that are over, by type, terminal state and outcome (none unless completed).',
    tally.jobs.map(({ type, state, outcome, count }) => ({ labels: { type, state, outcome: outcome ?? 'none' }, value: count })),
  ),
]

const queueFamilies = ({ waiting, slots, dispatching, reportsWaiting, deliveriesWaiting, logsLeft }: Figures): ReadonlyArray<Family> => [
  gauge(
    'borgledger_queue_length',
    'Jobs that wait to start.',
    waiting.reduce((sum, { jobs }) => sum + jobs, 0),
  ),
  gauge(
    'borgledger_queue_waiting_jobs',
    'Jobs that wait to start, by the reason for which they do.',
    waiting.map(({ reason, jobs }) => ({ labels: { reason }, value: jobs })),
  ),
  gauge(
    'borgledger_slots_in_use',
    'Slots that running jobs hold, by class.',
    slots.map(({ slot, used }) => ({ labels: { slot }, value: used })),
  ),
  gauge(
    'borgledger_slots_limit',
    'Slots that there are, by class.',
    slots.map(({ slot, limit }) => ({ labels: { slot }, value: limit })),
  ),
  gauge('borgledger_dispatching', 'Whether jobs are started (1) or not (0).', Number(dispatching)),
  gauge('borgledger_reports_waiting', 'Reports of runs that wait to be recorded.', reportsWaiting),
  gauge('borgledger_deliveries_waiting', 'Notifications that have neither arrived nor been given up.', deliveriesWaiting),
  gauge('borgledger_job_logs_left', 'Job logs that could not be removed.', logsLeft),
]

const historyFamilies = ({ position, lagEvents, parked, openInstants, tally }: Figures): ReadonlyArray<Family> => [
  gauge('borgledger_log_position', 'Position of the last event of the log.', position),
  gauge('borgledger_projector_lag_events', 'Events that the read models do not hold yet.', lagEvents),
  gauge('borgledger_projector_parked', 'Whether the read models stand still at an event (1) or not (0).', Number(parked)),
  gauge(
    'borgledger_repository_last_good_backup_timestamp_seconds',
    'When the last backup that completed did, by repository; 0 when none has since its registration.',
    tally.backups.map(({ repositoryId, lastGoodAt }) => ({ labels: { repository: repositoryId }, value: secondsOf(lastGoodAt) })),
  ),
  counter(
    'borgledger_schedule_instants_total',
    'Due instants that have their outcome, by schedule.',
    tally.ticks.map(({ scheduleId, outcome, count }) => ({ labels: { schedule: scheduleId, outcome }, value: count })),
  ),
  gauge(
    'borgledger_schedule_instants_open',
    'Due instants that have no outcome yet, by schedule.',
    openInstants.map(({ scheduleId, count }) => ({ labels: { schedule: scheduleId }, value: count })),
  ),
]

/** Without a sample before the first verification: neither good nor bad is known then. */
const verificationFamilies = ({ verification }: Figures): ReadonlyArray<Family> => [
  gauge(
    'borgledger_verification_ok',
    'Whether the log held when it was last verified (1) or not (0), since the start.',
    verification === null ? [] : Number(verification.ok),
  ),
  gauge(
    'borgledger_verification_position',
    'Up to which position the log held when it was last verified.',
    verification === null ? [] : verification.position,
  ),
  gauge(
    'borgledger_verification_timestamp_seconds',
    'When the log was last verified; 0 when it was not since the start.',
    secondsOf(verification?.at ?? null),
  ),
]
