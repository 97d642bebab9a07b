/**
 * The values that events and commands carry, with defaults: a test says only what it is about. Each call makes a fresh object.
 */
import type { ArchiveListed, ArchiveMade, JobType, Preflight, ProcessIdentity, Work } from '@borgledger/domain'

/** The instant at which everything happens unless a test says otherwise. */
export const atFirst = '2026-11-03T02:13:00.000Z'

/** `ms` after `atFirst`, as an instant. */
export const afterFirst = (ms: number): string => new Date(Date.parse(atFirst) + ms).toISOString()

const works: { readonly [T in JobType]: Extract<Work, { readonly type: T }> } = {
  backup: { type: 'backup', spec: { sources: ['/home'] } },
  restore: { type: 'restore', spec: { archive: 'laptop-1', destination: { path: '/restored' } } },
  check: { type: 'check', spec: { mode: 'full' } },
  compact: { type: 'compact', spec: {} },
  prune: { type: 'prune', spec: { keep: { daily: 7 }, series: 'laptop' } },
  'archive-delete': { type: 'archive-delete', spec: { archive: 'laptop-1' } },
  'restore-check': { type: 'restore-check', spec: { archive: 'latest', mode: 'extract' } },
  'package-install': { type: 'package-install', spec: { package: 'rclone' } },
}

/** The plainest work of each type. */
export const workOf = <T extends JobType>(type: T): Extract<Work, { readonly type: T }> => structuredClone(works[type])

/** Nothing speaks against the run. */
export const preflight = (over: Partial<Preflight> = {}): Preflight => ({
  missingSources: [],
  passphraseProblem: null,
  executableProblem: null,
  destinationProblem: null,
  ...over,
})

export const archiveMade = (over: Partial<ArchiveMade> = {}): ArchiveMade => ({
  name: 'laptop-20261103T021300Z',
  id: 'a'.repeat(64),
  at: atFirst,
  files: 120,
  originalBytes: 1_000_000,
  compressedBytes: 600_000,
  deduplicatedBytes: 10_000,
  ...over,
})

/** As a list of the repository shows it. */
export const archiveListed = (name = archiveMade().name, over: Partial<ArchiveListed> = {}): ArchiveListed => ({
  name,
  id: 'a'.repeat(64),
  at: atFirst,
  comment: '',
  ...over,
})

export const processIdentity = (pid = 4711): ProcessIdentity => ({
  pid,
  startTicks: '123456',
  bootId: '7c0e3c5e-4d1b-4a8e-9b0a-2f4a9f2f1e11',
  pidNamespace: 'pid:[4026531836]',
})
