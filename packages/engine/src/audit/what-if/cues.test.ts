import { genesisHash, type RecordedCommit, type StoredEvent } from '@borgledger/eventstore'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type Cues, readCues } from './cues.js'

const commitsOfJob = 12

/** What a job of one run leaves in a log, as far as cues are made of it. */
const saidOf = (
  jobId: string,
  nth: number,
): readonly [command: object, ...events: ReadonlyArray<readonly [type: string, data: object]>] => {
  const runId = `run_of_${jobId}`
  switch (nth) {
    case 0:
      return [{ type: 'RequestJob', jobId }, ['JobRequested', { jobId }], ['JobStarted', { jobId }]]
    case 1:
      return [{ type: 'PrepareRun', jobId }, ['RunPrepared', { jobId, runId }]]
    case commitsOfJob - 1:
      return [{ type: 'ReportRunEnded', jobId, runId }, ['JobCompleted', { jobId, outcome: 'success' }]]
    default:
      return [{ type: 'ReportProgress', jobId, runId }, ['ProgressRecorded', { jobId }]]
  }
}

async function* logOf(jobs: number): AsyncGenerator<ReadonlyArray<RecordedCommit>> {
  let position = 0
  for (let job = 0; job < jobs; job++) {
    const page: RecordedCommit[] = []
    for (let nth = 0; nth < commitsOfJob; nth++) {
      const [command, ...said] = saidOf(`job_019a5a0e-7c00-7000-8000-${String(job).padStart(12, '0')}`, nth)
      const first = position + 1
      const eventOf = ([type, data]: (typeof said)[number]): StoredEvent => {
        position += 1
        return { position, id: `event-${position}`, type, version: 1, tags: '[]', data: JSON.stringify(data) }
      }
      const [head, ...rest] = said
      if (head === undefined) return
      const events = [eventOf(head), ...rest.map(eventOf)] as const
      const commitId = `commit-${first}`
      const at = new Date(Date.UTC(2026, 10, 3) + first * 1_000).toISOString()
      const envelope = { commitId, first, last: position, at, actor: 'system:test', correlationId: commitId, causationId: null }
      page.push({ ...envelope, command: JSON.stringify(command), hash: genesisHash, events })
    }
    yield page
  }
}

const heldBytes = (): number => {
  globalThis.gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

test('of a commit no more than a hundred and twenty bytes are kept', async () => {
  assert.ok(globalThis.gc, 'the suites run with --expose-gc')
  const jobs = 5_000
  await readCues({ commits: () => logOf(100) })
  const before = heldBytes()
  const cues: Cues = await readCues({ commits: () => logOf(jobs) })
  const perCommit = (heldBytes() - before) / (jobs * commitsOfJob)
  assert.ok(perCommit < 120, `${perCommit.toFixed(0)} bytes`)
  assert.is(cues.names.ids.all.length, 2 * jobs)
  assert.is(cues.hanging.has({ kind: 'run', id: cues.names.ids.all[1] ?? '', nth: 0 }), true)
})

test.run()
