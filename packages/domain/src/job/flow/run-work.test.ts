import {
  given,
  jobRequested,
  jobRunning,
  jobStarted,
  prepareRun,
  repositoryRegistered,
  runPrepared,
  runWork,
  workOf,
} from '@borgledger/testkit'
import { test } from 'uvu'
import type { JobType } from '../job-type.js'
import type { RunKind, RunWork } from '../run/index.js'
import type { Work } from '../spec.js'

const firstRuns: { readonly [T in JobType]: readonly [step: string, kind: RunKind] } = {
  backup: ['create', 'create'],
  restore: ['extract', 'extract'],
  check: ['check', 'check'],
  compact: ['compact', 'compact'],
  prune: ['plan', 'prune-plan'],
  'archive-delete': ['delete', 'delete'],
  'restore-check': ['restore-check', 'restore-check'],
  'package-install': ['install', 'package'],
}

/** The intent of the first run of a job that is asked for this. */
const intends = (work: Work, expected: RunWork): void => {
  const [step] = firstRuns[work.type]
  given(repositoryRegistered(), jobRequested(work.type, 'job_1', { work }), jobStarted())
    .when(prepareRun())
    .thenExactly({ type: 'StepStarted', jobId: 'job_1', step }, runPrepared('job_1', { step, work: expected }))
}

for (const [type, [step, kind]] of Object.entries(firstRuns) as ReadonlyArray<[JobType, readonly [string, RunKind]]>) {
  test(`the first run of a ${type} is its ${step}, and its intent says all of the work`, () => {
    intends(workOf(type), runWork(kind))
  })
}

test('the intent says what the spec says, and what it leaves open as it will be', () => {
  const [keep, paths, destination] = [{ last: 1 }, ['home'], { ssh: 'u@h', path: '/x' }]
  const restore = { archive: 'a', destination, paths, stripComponents: 2 }
  intends({ type: 'restore', spec: restore }, { kind: 'extract', ...restore })
  intends({ type: 'check', spec: { mode: 'repository', maxDurationMs: 9 } }, runWork('check', { mode: 'repository', maxDurationMs: 9 }))
  const data = { mode: 'archives', verifyData: true, last: 3 } as const
  intends({ type: 'check', spec: data }, runWork('check', data))
  intends({ type: 'compact', spec: { threshold: 20 } }, runWork('compact', { threshold: 20 }))
  intends({ type: 'prune', spec: { keep, glob: 'a*' } }, runWork('prune-plan', { keep, pattern: 'a*' }))
  const dry = { archive: 'a', mode: 'dry-run', paths } as const
  intends({ type: 'restore-check', spec: dry }, { kind: 'restore-check', ...dry })
})

test('the second run of a prune carries its plan out, over the same archives', () => {
  const [plan, prune] = [runWork('prune-plan'), runWork('prune')]
  given(repositoryRegistered(), jobRunning('prune', 'job_1', 2).slice(0, -3))
    .when(prepareRun('job_1', { runId: 'run_2' }))
    .thenExactly(
      { type: 'StepStarted', jobId: 'job_1', step: 'prune' },
      runPrepared('job_1', { runId: 'run_2', step: 'prune', work: { ...prune, keep: plan.keep, pattern: plan.pattern } }),
    )
})

test.run()
