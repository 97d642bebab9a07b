/**
 * fast-check generators of job commands: every type, on given repositories, by hand or by schedule. What they make decodes.
 */
import type { Command, JobType, RequestTrigger, Work } from '@borgledger/domain'
import fc from 'fast-check'

type Request = Extract<Command, { readonly type: 'RequestJob' }>
type SpecOf<T extends JobType> = Extract<Work, { readonly type: T }>['spec']

/** Ordinary objects, such as JSON gives. */
const plain = { noNullPrototype: true } as const

const name = fc.stringMatching(/^[a-z0-9][a-z0-9_-]{0,11}$/)
const path = fc.stringMatching(/^\/[a-z0-9][a-z0-9/_-]{0,20}$/)
const archive = fc.oneof(name, fc.constant('latest'))
const count = fc.integer({ min: 1, max: 30 })
/** The packages that are asked for. */
export const generatedPackages = ['rclone', 'jq', 'restic'] as const
/** The scripts that backups name. */
export const generatedScripts = ['stop-db', 'start-db', 'mount'] as const
const script = fc.constantFrom(...generatedScripts)
const preScript = fc.record(
  { id: script, phase: fc.constant('pre' as const), onFailure: fc.constantFrom('fail' as const, 'continue' as const, 'skip' as const) },
  { requiredKeys: ['id', 'phase'], noNullPrototype: true },
)
const postScript = fc.record(
  {
    id: script,
    phase: fc.constant('post' as const),
    runOn: fc.constantFrom('always' as const, 'success' as const, 'warning' as const, 'failure' as const),
  },
  { requiredKeys: ['id', 'phase'], noNullPrototype: true },
)
/** Neither of the system nor near a repository. */
const destination = path.map((below) => `/restored${below}`)
const percent = fc.integer({ min: 0, max: 100 })
const paths = fc.array(path, { maxLength: 3 })
const keep = fc.record({ daily: count, weekly: count }, { requiredKeys: ['daily'], noNullPrototype: true })

const specs: { readonly [T in JobType]: fc.Arbitrary<SpecOf<T>> } = {
  backup: fc.record(
    {
      sources: fc.array(path, { minLength: 1, maxLength: 3 }),
      excludes: paths,
      compression: fc.constantFrom('lz4', 'zstd,3', 'auto,lzma,6'),
      series: name,
      archiveName: fc.constantFrom('{series}-{time}', 'nightly-{job}', 'fixed'),
      allowMissingSources: fc.boolean(),
      scripts: fc.array(fc.oneof(preScript, postScript), { maxLength: 4 }),
      prune: fc.record({ keep }, plain),
      compact: fc.oneof(fc.constant(true as const), fc.record({ threshold: percent }, plain)),
      options: fc.record({ oneFileSystem: fc.boolean(), uploadRateKiB: count }, { requiredKeys: [], noNullPrototype: true }),
    },
    { requiredKeys: ['sources'], noNullPrototype: true },
  ),
  restore: fc.record(
    {
      archive,
      destination: fc.oneof(
        fc.record({ path: destination }, plain),
        fc.record({ ssh: fc.constant('anna@host'), path: destination }, plain),
      ),
      paths,
      stripComponents: count,
    },
    { requiredKeys: ['archive', 'destination'], noNullPrototype: true },
  ),
  check: fc.oneof(
    fc.record({ mode: fc.constant('repository' as const), maxDurationMs: count }, { requiredKeys: ['mode'], noNullPrototype: true }),
    fc.record(
      { mode: fc.constantFrom('archives' as const, 'full' as const), verifyData: fc.boolean(), last: count },
      { requiredKeys: ['mode'], noNullPrototype: true },
    ),
  ),
  compact: fc.record({ threshold: percent }, { requiredKeys: [], noNullPrototype: true }),
  prune: fc.oneof(
    fc.record({ keep, series: name }, plain),
    fc.record({ keep, glob: fc.constant('home-*') }, plain),
    fc.record(
      { keep, allArchives: fc.constant(true as const), dryRun: fc.boolean() },
      { requiredKeys: ['keep', 'allArchives'], noNullPrototype: true },
    ),
  ),
  'archive-delete': fc.record({ archive }, plain),
  'restore-check': fc.record(
    { archive, mode: fc.constantFrom('extract' as const, 'dry-run' as const), paths },
    { requiredKeys: ['archive', 'mode'], noNullPrototype: true },
  ),
  'package-install': fc.record({ package: fc.constantFrom(...generatedPackages) }, plain),
}

const workOfType = <T extends JobType>(type: T): fc.Arbitrary<Work> => specs[type].map((spec) => ({ type, spec }) as Work)

/** Any of the eight types, with a spec that decodes. */
export const arbitraryWork = (...types: ReadonlyArray<JobType>): fc.Arbitrary<Work> =>
  fc.oneof(...(types.length === 0 ? (Object.keys(specs) as JobType[]) : types).map(workOfType))

/** By hand or by a schedule. */
export const arbitraryTrigger: fc.Arbitrary<RequestTrigger> = fc.oneof(
  fc.constant<RequestTrigger>({ kind: 'manual' }),
  name.map<RequestTrigger>((scheduleId) => ({ kind: 'manual', scheduleId })),
  name.map<RequestTrigger>((scheduleId) => ({ kind: 'schedule', scheduleId, dueAt: '2026-11-03T02:00:00.000Z' })),
)

/** A request for job `jobId`, on one of the repositories unless its type has none. */
export const arbitraryRequest = (jobId: string, repositoryIds: ReadonlyArray<string>): fc.Arbitrary<Request> =>
  fc
    .record({
      work: arbitraryWork(),
      repositoryId: fc.constantFrom(...repositoryIds),
      trigger: arbitraryTrigger,
      onBusy: fc.constantFrom('queue' as const, 'queue' as const, 'refuse' as const),
    })
    .map((request) => ({
      type: 'RequestJob',
      jobId,
      ...request,
      repositoryId: request.work.type === 'package-install' ? null : request.repositoryId,
    }))
