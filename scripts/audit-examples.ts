/**
 * Writes the examples of docs/audit.md: what `borgledger audit explain` says of four jobs, decided by the real rules on a clock of its own.
 *
 * Run: npx tsx --conditions=@borgledger/source scripts/audit-examples.ts
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type Command, dueFacts, type Explained, rulesVersion, type Work } from '@borgledger/domain'
import { explainInstant, explainJob } from '@borgledger/engine'
import type { RecordedCommit } from '@borgledger/eventstore'
import {
  archiveMade,
  evidence,
  evidenceOf,
  failedEvidence,
  looseLog,
  preflight,
  processIdentity,
  scribe,
  workOf,
} from '@borgledger/testkit'

const evening = Date.parse('2026-11-03T00:00:00.000Z')

interface Night {
  /** At so many minutes past midnight. */
  readonly at: (minute: number, command: Command, actor?: string) => void
  readonly request: (minute: number, jobId: string, work: Work) => void
  /** Its process starts. */
  readonly run: (minute: number, jobId: string) => void
  readonly fireDue: (minute: number, scheduleId: string) => void
  readonly commits: RecordedCommit[]
}

/** A host with one repository, `nas`. */
const night = (): Night => {
  const ledger = scribe()
  const commits: RecordedCommit[] = []
  const at: Night['at'] = (minute, command, actor = 'user:anna') => {
    const written = ledger.write(evening + minute * 60_000, { actor, command })
    if (written !== null) commits.push(written.commit)
  }
  at(0, { type: 'StartOwner', host: 'attic', software: 'borgledger', rules: rulesVersion }, 'system:owner')
  at(0, { type: 'OpenDispatch' }, 'system:owner')
  const access = { location: '/mnt/nas/backups', passphrase: null, executable: null }
  at(1, { type: 'RegisterRepository', repositoryId: 'nas', name: 'NAS', access, borgId: null, created: false })
  return {
    at,
    commits,
    request: (minute, jobId, work) =>
      at(minute, { type: 'RequestJob', jobId, work, repositoryId: 'nas', trigger: { kind: 'manual' }, onBusy: 'queue' }),
    run: (minute, jobId) => {
      at(minute, { type: 'PrepareRun', jobId, runId: `run_${jobId}`, preflight: preflight() }, 'system:runner')
      at(minute, { type: 'ReportSpawned', jobId, runId: `run_${jobId}`, process: processIdentity() }, 'system:runner')
    },
    fireDue: (minute, scheduleId) => {
      const schedule = ledger.state().schedules.byId.get(scheduleId)
      if (schedule === undefined) throw new Error(`no schedule ${scheduleId}`)
      at(
        minute,
        { type: 'FireDue', scheduleId, due: dueFacts(schedule, new Date(evening + minute * 60_000).toISOString()) },
        'system:scheduler',
      )
    },
  }
}

const ended = (jobId: string, left: Extract<Command, { readonly type: 'ReportRunEnded' }>['evidence']): Command => ({
  type: 'ReportRunEnded',
  jobId,
  runId: `run_${jobId}`,
  evidence: left,
  logBytes: 4_096,
})

const waited = (): Promise<ReadonlyArray<Explained>> => {
  const { at, request, run, commits } = night()
  request(120, 'job_check', workOf('check'))
  run(120, 'job_check')
  request(125, 'job_home', { type: 'backup', spec: { sources: ['/home'] } })
  at(140, ended('job_check', evidenceOf('check')), 'system:runner')
  run(140, 'job_home')
  at(152, ended('job_home', evidence({ archive: archiveMade({ name: 'nas-20261103T022000Z' }) })), 'system:runner')
  return explainJob(looseLog(commits), 'job_home')
}

const cleanedUp = (): Promise<ReadonlyArray<Explained>> => {
  const { at, request, run, commits } = night()
  request(120, 'job_home', { type: 'backup', spec: { sources: ['/home'] } })
  run(120, 'job_home')
  at(150, { type: 'StartOwner', host: 'attic', software: 'borgledger', rules: rulesVersion }, 'system:owner')
  at(150, { type: 'RecoverJob', jobId: 'job_home', traces: { report: 'none', liveness: 'gone' } }, 'system:owner')
  at(151, ended('job_home', failedEvidence({ exit: null })), 'system:runner')
  return explainJob(looseLog(commits), 'job_home')
}

const damaged = (): Promise<ReadonlyArray<Explained>> => {
  const { at, request, run, commits } = night()
  request(180, 'job_check', workOf('check'))
  run(180, 'job_check')
  const firstProblem = 'Data integrity error: Segment entry checksum mismatch [segment 7, offset 1200]'
  at(200, ended('job_check', evidenceOf('check', { exit: { code: 1, signal: null }, problems: 3, firstProblem })), 'system:runner')
  return explainJob(looseLog(commits), 'job_check')
}

const skipped = (): Promise<ReadonlyArray<Explained>> => {
  const { at, fireDue, run, commits } = night()
  const job = { work: { type: 'backup', spec: { sources: ['/home'] } } as const, repositoryId: 'nas' }
  const due = { cron: '0 * * * *', timeZone: 'Europe/Berlin', enabled: true, overlap: 'skip', missed: 'once', windowMs: null } as const
  at(30, { type: 'AddSchedule', scheduleId: 'hourly', definition: { name: 'Every hour', job, ...due } })
  fireDue(60, 'hourly')
  run(60, 'job_hourly-20261103T010000Z')
  fireDue(120, 'hourly')
  return explainInstant(looseLog(commits), 'hourly', '2026-11-03T02:00:00.000Z')
}

const example = (title: string, command: string, items: ReadonlyArray<Explained>): string => {
  const lines = items.map(({ position, at, sentence }) => `${at}  ${String(position).padStart(6)}  ${sentence}`)
  return [`### ${title}`, '```text', `$ borgledger audit explain ${command}`, ...lines, '```']
    .join('\n')
    .replace('\n```text', '\n\n```text')
}

export const auditExamples = async (): Promise<string> =>
  [
    example('A backup that waited for its repository', 'job_home', await waited()),
    example('A backup that was running when its host was switched off', 'job_home', await cleanedUp()),
    example('A check that found damage', 'job_check', await damaged()),
    example('A due instant that was skipped', '--schedule hourly --due 2026-11-03T02:00:00Z', await skipped()),
  ].join('\n\n')

export const auditFile = fileURLToPath(new URL('../docs/audit.md', import.meta.url))
const heading = '## Explained\n'

/** The document with its examples as they are today. They are its last part. */
export const withExamples = async (text: string): Promise<string> =>
  `${text.slice(0, text.indexOf(heading) + heading.length)}\n${await auditExamples()}\n`

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  writeFileSync(auditFile, await withExamples(readFileSync(auditFile, 'utf8')))
