import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { decodeWith } from '../codec/index.js'
import type { JobType } from './job-type.js'
import { specOf } from './spec.js'
import { specProblems } from './spec-problems.js'

const said = (type: JobType, spec: unknown): ReadonlyArray<string> => {
  const decoded = decodeWith<unknown>(specOf[type], spec)
  return E.isLeft(decoded) ? decoded.left.map(({ path, message }) => `${path}: ${message}`) : []
}

const right: { readonly [T in JobType]: ReadonlyArray<unknown> } = {
  backup: [
    { sources: ['/home'] },
    {
      sources: ['/home', '/etc'],
      excludes: ['*.tmp'],
      compression: 'auto,zstd,3',
      series: 'nightly',
      archiveName: '{series}-{time}',
      allowMissingSources: true,
      scripts: [{ id: 'stop-db', phase: 'pre', onFailure: 'skip' }],
      prune: { keep: { last: 3, within: '7d' } },
      compact: { threshold: 10 },
      options: { oneFileSystem: true, excludeCaches: true, excludeIfPresent: ['.nobackup'], uploadRateKiB: 100, checkpointIntervalS: 600 },
    },
    { sources: ['/'], compact: true, prune: { keep: { daily: 0, weekly: 1 } } },
  ],
  restore: [
    { archive: 'a', destination: { path: '/x' } },
    { archive: 'a', destination: { ssh: 'u@h', port: 22, path: '/x' }, paths: ['home'], stripComponents: 0 },
  ],
  check: [
    { mode: 'repository', maxDurationMs: 1 },
    { mode: 'archives', last: 3 },
    { mode: 'full', verifyData: true },
  ],
  compact: [{}, { threshold: 0 }],
  prune: [{ keep: { daily: 7 }, series: 'home' }],
  'archive-delete': [{ archive: 'a' }],
  'restore-check': [{ archive: 'latest', mode: 'dry-run', paths: [] }],
  'package-install': [{ package: 'rclone' }],
}

for (const [type, specs] of Object.entries(right) as ReadonlyArray<[JobType, ReadonlyArray<unknown>]>) {
  test(`a ${type} takes what the contract lists, and no field beside`, () => {
    for (const spec of specs) {
      assert.equal(said(type, spec), [])
      assert.equal(said(type, { ...(spec as object), bogus: 1 }), ['bogus: expected no such field, got 1'])
    }
  })
}

test('a wrong field is named by its whole path, with what was expected and what came', () => {
  const cases: ReadonlyArray<readonly [JobType, unknown, string]> = [
    ['backup', {}, 'sources: expected a list of one or more absolute paths, got nothing'],
    ['backup', { sources: [] }, 'sources: expected a list of one or more absolute paths, got []'],
    ['backup', { sources: ['home'] }, 'sources.0: expected an absolute path, got "home"'],
    ['backup', { sources: ['/a'], options: { bogus: 1 } }, 'options.bogus: expected no such field, got 1'],
    ['backup', { sources: ['/a'], options: { uploadRateKiB: 0 } }, 'options.uploadRateKiB: expected a whole number from 1, got 0'],
    ['backup', { sources: ['/a'], allowMissingSources: 'yes' }, 'allowMissingSources: expected boolean, got "yes"'],
    ['backup', { sources: ['/a'], scripts: [{ id: 'x', phase: 'mid' }] }, 'scripts.0.phase: expected "pre" | "post", got "mid"'],
    ['backup', { sources: ['/a'], compact: { threshold: 101 } }, 'compact.threshold: expected a number from 0 to 100, got 101'],
    ['backup', { sources: ['/a'], compact: false }, 'compact: expected true or a compaction threshold, got false'],
    ['restore', { archive: 'a', destination: { path: 'x' } }, 'destination.path: expected an absolute path, got "x"'],
    ['check', { mode: 'quick' }, 'mode: expected "repository" | "archives" | "full", got "quick"'],
    ['prune', { keep: { daily: '7' }, series: 'x' }, 'keep.daily: expected a whole number from 0, got "7"'],
    ['prune', { keep: { fortnightly: 1 }, series: 'x' }, 'keep.fortnightly: expected no such field, got 1'],
    ['prune', { keep: { within: '7 days' }, series: 'x' }, 'keep.within: expected an interval such as 12H, 7d, 4w, 6m or 1y, got "7 days"'],
    ['prune', { keep: { daily: 1 }, allArchives: false }, 'allArchives: expected true, got false'],
  ]
  for (const [type, spec, message] of cases) assert.equal(said(type, spec), [message])
})

test('a retention that keeps nothing is refused', () => {
  for (const keep of [{}, { daily: 0 }, { last: 0, weekly: 0 }])
    assert.equal(said('prune', { keep, series: 'x' }), [
      `keep: expected a retention rule that keeps something, got ${JSON.stringify(keep)}`,
    ])
})

test('every type but a package install is about a repository', () => {
  assert.equal(specProblems({ type: 'compact', spec: {} }, null), [{ path: 'repositoryId', message: 'expected an id, got nothing' }])
  assert.equal(specProblems({ type: 'package-install', spec: { package: 'rclone' } }, null), [])
})

test('a prune selects by exactly one of series, glob and all archives', () => {
  const keep = { daily: 7 }
  const message = (spec: object): string | undefined => specProblems({ type: 'prune', spec: { keep, ...spec } }, 'laptop')[0]?.message
  for (const spec of [{ series: 'a' }, { glob: 'a*' }, { allArchives: true as const }]) assert.is(message(spec), undefined)
  assert.match(message({}) ?? '', /exactly one of series, glob and allArchives, got none/)
  assert.match(message({ series: 'a', glob: 'a*' }) ?? '', /got series and glob/)
})

test('a check is bounded in time in repository mode only, and looks at archives in the other modes only', () => {
  const paths = (spec: Parameters<typeof specProblems>[0] & { readonly type: 'check' }) =>
    specProblems(spec, 'laptop').map(({ path }) => path)
  assert.equal(paths({ type: 'check', spec: { mode: 'repository', maxDurationMs: 1 } }), [])
  assert.equal(paths({ type: 'check', spec: { mode: 'repository', verifyData: true, last: 1 } }), ['verifyData', 'last'])
  assert.equal(paths({ type: 'check', spec: { mode: 'full', maxDurationMs: 1, verifyData: true } }), ['maxDurationMs'])
})

test('an archive name template that borg would expand otherwise is refused', () => {
  const problems = (archiveName: string) => specProblems({ type: 'backup', spec: { sources: ['/a'], archiveName } }, 'laptop')
  assert.equal(problems('{series}-{time}'), [])
  assert.equal(problems('{now}'), [{ path: 'archiveName', message: 'expected no placeholder but {series}, {time} and {job}, got "{now}"' }])
})

test.run()
