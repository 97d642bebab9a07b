/**
 * Runs of every kind, with defaults: what one is to do, and what it leaves behind when it ends well or fails. Each call makes a fresh object.
 *
 * The samples belong together: what a plan would delete is what the prune deletes, and the archive to be deleted is in the list before.
 */
import type { EvidenceOf, RunKind, WorkOf } from '@borgledger/domain'
import { archiveListed, archiveMade, workOf } from './samples.js'

/** The archive of `laptop` that the sample plan deletes; the newest stays. */
export const prunedArchive = 'laptop-20260901T021300Z'

const prune = { keep: { daily: 7 }, pattern: `laptop-${'[0-9]'.repeat(8)}T${'[0-9]'.repeat(6)}Z*` }
const works: { readonly [K in RunKind]: WorkOf<K> } = {
  create: { kind: 'create', archive: archiveMade().name, comment: 'series=laptop job=job_1', spec: workOf('backup').spec },
  extract: { kind: 'extract', archive: 'laptop-1', paths: [], destination: { path: '/restored' }, stripComponents: 0 },
  check: { kind: 'check', mode: 'full', verifyData: false, maxDurationMs: null, last: null },
  compact: { kind: 'compact', threshold: null },
  'prune-plan': { kind: 'prune-plan', ...prune },
  prune: { kind: 'prune', ...prune },
  delete: { kind: 'delete', archive: 'laptop-1' },
  'restore-check': { kind: 'restore-check', archive: 'latest', paths: [], mode: 'extract' },
  script: {
    kind: 'script',
    scriptId: 'stop-db',
    name: 'Stop the database',
    program: { body: 'systemctl stop db' },
    timeoutMs: 60_000,
    env: {},
  },
  package: { kind: 'package', package: 'rclone' },
}

/** What the first run of the plainest job does; of a prune, either of its two. */
export const runWork = <K extends RunKind>(kind: K, over: Partial<WorkOf<K>> = {}): WorkOf<K> => ({
  ...structuredClone(works[kind]),
  ...over,
})

const ended = { exit: { code: 0, signal: null }, lastError: null, warnings: [], borgId: null, borgVersion: '1.4.0', lock: null }
const both = [archiveListed(prunedArchive), archiveListed()]
const good: { readonly [K in RunKind]: EvidenceOf<K> } = {
  create: { kind: 'create', ...ended, archive: archiveMade(), looked: false, missingSources: [] },
  extract: { kind: 'extract', ...ended, unmatched: [] },
  check: { kind: 'check', ...ended, problems: 0, firstProblem: null },
  compact: { kind: 'compact', ...ended, freedBytes: 1_000 },
  'prune-plan': { kind: 'prune-plan', ...ended, keeps: [archiveMade().name], prunes: [prunedArchive], archives: both },
  prune: { kind: 'prune', ...ended, before: both, after: [archiveListed()] },
  delete: { kind: 'delete', ...ended, before: [archiveListed('laptop-1'), archiveListed()], after: [archiveListed()] },
  'restore-check': {
    kind: 'restore-check',
    ...ended,
    archive: archiveMade().name,
    files: 12,
    bytes: 4_096,
    hashed: 3,
    mismatches: [],
    unmatched: [],
  },
  script: { kind: 'script', ...ended, timedOut: false },
  package: { kind: 'package', ...ended, borgVersion: null, version: '1.60.1' },
}

/** A run of this kind that ended well and did all it was to do. */
export const evidenceOf = <K extends RunKind>(kind: K, over: Partial<EvidenceOf<K>> = {}): EvidenceOf<K> => ({
  ...structuredClone(good[kind]),
  ...over,
})

const undone: { readonly [K in RunKind]: Partial<EvidenceOf<K>> } = {
  create: { archive: null, looked: true },
  extract: {},
  check: {},
  compact: { freedBytes: null },
  'prune-plan': { keeps: null, prunes: null, archives: null },
  prune: { before: both, after: both },
  delete: { after: both.concat(archiveListed('laptop-1')) },
  'restore-check': { archive: null, files: 0, bytes: 0, hashed: 0 },
  script: {},
  package: { version: null },
}

/** A run of this kind that failed with exit code 2 and changed nothing, as was seen afterwards. */
export const failedEvidenceOf = <K extends RunKind>(kind: K, over: Partial<EvidenceOf<K>> = {}): EvidenceOf<K> =>
  evidenceOf(kind, { exit: { code: 2, signal: null }, ...structuredClone(undone[kind]), ...over } as Partial<EvidenceOf<K>>)

/** A backup's run that ended well and made its archive. */
export const evidence = (over: Partial<EvidenceOf<'create'>> = {}): EvidenceOf<'create'> => evidenceOf('create', over)

/** A backup's run that failed: no archive was found, and borg said why. */
export const failedEvidence = (over: Partial<EvidenceOf<'create'>> = {}): EvidenceOf<'create'> => failedEvidenceOf('create', over)
