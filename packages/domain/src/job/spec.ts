/**
 * What each type of job is asked to do. Closed objects: an unknown field is refused, never ignored.
 */
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import {
  AbsolutePath,
  ArchiveName,
  Compression,
  Count,
  closed,
  Id,
  Interval,
  oneOf,
  Percent,
  Positive,
  SeriesName,
  someOf,
  Text,
} from '../codec/index.js'

export const Keep = ((): t.Type<{ readonly [rule: string]: number | string }> => {
  const rules = closed(
    'a retention rule',
    {},
    { last: Count, hourly: Count, daily: Count, weekly: Count, monthly: Count, yearly: Count, within: Interval },
  )
  type Rules = { readonly [rule: string]: number | string }
  const keepsSomething = (rule: object): boolean => Object.values(rule).some((value) => typeof value === 'string' || value > 0)
  return new t.Type<Rules>(
    'a retention rule that keeps something',
    (input): input is Rules => rules.is(input) && keepsSomething(input),
    (input, context) => {
      const decoded = rules.validate(input, context)
      if (E.isLeft(decoded)) return decoded
      return keepsSomething(decoded.right) ? t.success(decoded.right as Rules) : t.failure(input, context)
    },
    t.identity,
  )
})()

const ScriptHook = closed(
  'a script hook',
  { id: Id, phase: t.keyof({ pre: null, post: null }) },
  {
    onFailure: t.keyof({ fail: null, continue: null, skip: null }),
    runOn: t.keyof({ always: null, success: null, warning: null, failure: null }),
  },
)

const Threshold = closed('a compaction threshold', { threshold: Percent }, {})

export const BackupSpec = closed(
  'a backup',
  { sources: someOf(AbsolutePath, 'a list of one or more absolute paths') },
  {
    excludes: t.readonlyArray(Text),
    compression: Compression,
    series: SeriesName,
    archiveName: Text,
    allowMissingSources: t.boolean,
    scripts: t.readonlyArray(ScriptHook),
    prune: closed('a prune after the backup', { keep: Keep }, {}),
    compact: oneOf('true or a compaction threshold', [t.literal(true), Threshold]),
    options: closed(
      'backup options',
      {},
      {
        oneFileSystem: t.boolean,
        excludeCaches: t.boolean,
        excludeIfPresent: t.readonlyArray(Text),
        uploadRateKiB: Positive,
        checkpointIntervalS: Positive,
      },
    ),
  },
)
export type BackupSpec = t.TypeOf<typeof BackupSpec>

export const Destination = oneOf('a destination', [
  closed('a local destination', { path: AbsolutePath }, {}),
  closed('an ssh destination', { ssh: Text, path: AbsolutePath }, { port: Positive }),
])
export type Destination = t.TypeOf<typeof Destination>
const RestoreSpec = closed(
  'a restore',
  { archive: ArchiveName, destination: Destination },
  { paths: t.readonlyArray(Text), stripComponents: Count },
)
const CheckSpec = closed(
  'a check',
  { mode: t.keyof({ repository: null, archives: null, full: null }) },
  { verifyData: t.boolean, maxDurationMs: Positive, last: Positive },
)
const CompactSpec = closed('a compact', {}, { threshold: Percent })
const PruneSpec = closed('a prune', { keep: Keep }, { series: SeriesName, glob: Text, allArchives: t.literal(true), dryRun: t.boolean })
const ArchiveDeleteSpec = closed('an archive delete', { archive: ArchiveName }, {})
const RestoreCheckSpec = closed(
  'a restore check',
  { archive: ArchiveName, mode: t.keyof({ extract: null, 'dry-run': null }) },
  { paths: t.readonlyArray(Text) },
)
const PackageInstallSpec = closed('a package install', { package: Text }, {})

/** The spec codec of each type. */
export const specOf = {
  backup: BackupSpec,
  restore: RestoreSpec,
  check: CheckSpec,
  compact: CompactSpec,
  prune: PruneSpec,
  'archive-delete': ArchiveDeleteSpec,
  'restore-check': RestoreCheckSpec,
  'package-install': PackageInstallSpec,
} as const

/** A type with its spec: what a job is. An error speaks of the spec of the type that was named. */
export const Work = t.union(
  [
    t.type({ type: t.literal('backup'), spec: BackupSpec }),
    t.type({ type: t.literal('restore'), spec: RestoreSpec }),
    t.type({ type: t.literal('check'), spec: CheckSpec }),
    t.type({ type: t.literal('compact'), spec: CompactSpec }),
    t.type({ type: t.literal('prune'), spec: PruneSpec }),
    t.type({ type: t.literal('archive-delete'), spec: ArchiveDeleteSpec }),
    t.type({ type: t.literal('restore-check'), spec: RestoreCheckSpec }),
    t.type({ type: t.literal('package-install'), spec: PackageInstallSpec }),
  ],
  'one of the eight types of job, with its spec',
)
export type Work = t.TypeOf<typeof Work>
