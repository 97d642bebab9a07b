/**
 * Logs of many finished jobs, made quickly: three jobs are decided by the real rules, and their commits are written down again and again under
 * other ids, one job after the other. So each commit is what the rules would have decided, which `verify` proves.
 */
import { type Command, initialState } from '@borgledger/domain'
import { createSubmitter, type Submitter } from '@borgledger/engine'
import { emptyHead, type Head, hashCommit, inMemoryEventStore, type RecordedCommit } from '@borgledger/eventstore'
import { failedEvidence, prepareRun, processIdentity, reportRunEnded, requestJob, virtualClock } from '@borgledger/testkit'
import * as E from 'fp-ts/lib/Either.js'

const beginMs = Date.parse('2026-01-01T00:00:00.000Z')
const lifeMs = 60_000
/** Stands in the ids of a model where a life has its number. */
const blank = '00000000'

interface Model {
  readonly commits: ReadonlyArray<RecordedCommit>
}

/** The commits before the first job, and what a good backup, a failed one and another good one come to. */
const models = async (): Promise<{ readonly before: ReadonlyArray<RecordedCommit>; readonly lives: ReadonlyArray<Model> }> => {
  const store = inMemoryEventStore()
  const clock = virtualClock(new Date(beginMs).toISOString())
  let [commits, prefix] = [0, 'before']
  const ids = { fresh: () => `${prefix}-${(commits += 1)}` }
  const submitter = createSubmitter({ store, clock, ids, state: initialState })
  const since = async (after: number): Promise<ReadonlyArray<RecordedCommit>> => {
    const found: RecordedCommit[] = []
    for await (const page of store.commits({ after })) found.push(...page)
    return found
  }
  const submitAll = async (all: ReadonlyArray<Command>): Promise<ReadonlyArray<RecordedCommit>> => {
    const { position } = submitter.state()
    for (const command of all) {
      await submitOne(submitter, command)
      clock.advance(1_000)
    }
    return since(position)
  }
  const before = await submitAll(setting)
  const lives: Model[] = []
  // The first five fill what is known of the series: from then on every life begins as the one before.
  for (const [index, ended] of [...Array.from({ length: 5 }, () => good), good, bad, good].entries()) {
    prefix = `c${index}${blank}`
    const life = { commits: await submitAll(lifeOf(`${index}${blank}`, ended)) }
    lives.push(life)
  }
  return { before, lives }
}

const submitOne = async (submitter: Submitter, command: Command): Promise<void> => {
  const submitted = await submitter.submit({ command, actor: 'user:anna' })()
  if (E.isLeft(submitted)) throw new Error(JSON.stringify(submitted.left))
}

const access = { location: '/backups/laptop', passphrase: null, executable: null }
const setting: ReadonlyArray<Command> = [
  { type: 'StartOwner', host: 'host-a', software: 'bench', rules: 1 },
  { type: 'OpenDispatch' },
  { type: 'RegisterRepository', repositoryId: 'laptop', name: 'Laptop', access, borgId: null, created: false },
]

const good = {}
const bad = { evidence: failedEvidence() }

const lifeOf = (id: string, ended: Parameters<typeof reportRunEnded>[1]): ReadonlyArray<Command> => {
  const [jobId, runId] = [`job_${id}`, `run_${id}`]
  const progressed = (percent: number): Command => ({ type: 'ReportProgress', jobId, runId, progress: { percent, files: percent } })
  return [
    requestJob(jobId, { work: { type: 'backup', spec: { sources: ['/home'], archiveName: 'nightly' } } }),
    prepareRun(jobId, { runId }),
    { type: 'ReportSpawned', jobId, runId, process: processIdentity() },
    ...[10, 50, 90].map(progressed),
    reportRunEnded(jobId, { runId, ...ended }),
    { type: 'ReportLogRemoved', jobId },
  ]
}

/** One commit after the other; nothing is kept of those that were given out. */
export async function* finishedJobs(jobs: number): AsyncGenerator<RecordedCommit> {
  const { before, lives } = await models()
  let head: Head = emptyHead
  const place = (commit: RecordedCommit, fill: (text: string) => string, at: string): RecordedCommit => {
    const [first, last] = [head.position + 1, head.position + commit.events.length]
    const [one, ...more] = commit.events.map(({ id, tags, data, ...event }, index) => ({
      ...event,
      position: first + index,
      id: fill(id),
      tags: fill(tags),
      data: fill(data),
    }))
    if (one === undefined) throw new Error('a commit has no events')
    const { commitId, correlationId, command, actor, causationId } = commit
    const placed = {
      first,
      last,
      at,
      actor,
      causationId,
      commitId: fill(commitId),
      correlationId: fill(correlationId),
      command: fill(command),
    }
    const whole = { ...placed, events: [one, ...more] as const }
    const sealed = { ...whole, hash: hashCommit(head.hash, whole) }
    head = { position: last, hash: sealed.hash }
    return sealed
  }
  for (const commit of before) yield place(commit, (text) => text, commit.at)
  for (let job = 0; job < jobs; job += 1) {
    const model = lives[job < 5 ? job : 5 + (job % 3)]
    const number = String(job).padStart(blank.length, '0')
    const fill = (text: string): string => text.replaceAll(blank, number)
    for (const [index, commit] of (model?.commits ?? []).entries())
      yield place(commit, fill, new Date(beginMs + (job + 1) * lifeMs + index * 1_000).toISOString())
  }
}
