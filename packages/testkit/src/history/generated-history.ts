/**
 * A history of any length, as the commits of a log: people ask, runs report, hosts die and come back, entries are deleted. Everything is
 * decided by the real rules, on a clock of its own, so that the same seed gives the same log, byte for byte.
 */
import type { SettingsPatch } from '@borgledger/domain'
import { agenda } from '@borgledger/engine'
import type { RecordedCommit } from '@borgledger/eventstore'
import { generatedPackages } from '../generators.js'
import { workOf } from '../samples.js'
import { repositoryIdsOf, someRequest } from './asked.js'
import { chance } from './chance.js'
import { happen } from './happen.js'
import type { Happening, Surroundings } from './happening.js'
import { schedulesOf } from './schedules.js'
import { scribe } from './scribe.js'

export interface HistoryOptions {
  /** How many are asked for; prune and compact of a backup come on top. */
  readonly jobs: number
  readonly seed: number
  /** Default 50. */
  readonly repositories?: number
}

/** Enough room for the jobs of many repositories. */
const settingsAtFirst: SettingsPatch = {
  maxConcurrentManualBackups: 6,
  allowedPackages: [...generatedPackages, workOf('package-install').spec.package],
}
const beginMs = Date.parse('2026-01-01T00:00:00.000Z')

/** One commit after the other; nothing is kept of those that were given out. */
export function* generatedHistory({ jobs, seed, repositories = 50 }: HistoryOptions): Generator<RecordedCommit> {
  const by = chance(seed)
  const todo = agenda<Happening>()
  let [puts, asked] = [0, 0]
  const put: Surroundings['later'] = (atMs, happening) => todo.put(atMs, (puts += 1), happening)
  const around: Surroundings = { by, ledger: scribe(), later: put, runs: new Map(), isOver: () => asked === jobs }
  const repositoryIds = repositoryIdsOf(repositories)
  put(beginMs, { do: 'own' })
  for (const repositoryId of repositoryIds) put(beginMs + 1, { do: 'submit', submission: registration(repositoryId) })
  put(beginMs + 2, {
    do: 'submit',
    submission: { actor: 'user:admin', command: { type: 'ChangeSettings', changes: settingsAtFirst } },
  })
  for (const submission of schedulesOf(repositoryIds)) put(beginMs + 3, { do: 'submit', submission })
  let atMs = beginMs + 1_000
  // A short history has its restarts too.
  const often = Math.min(400, Math.max(20, jobs >> 3))
  for (;;) {
    // Requests are put down one at a time, so that the agenda stays short.
    if (asked < jobs) {
      asked += 1
      atMs += by.whole(1_000, 360_000)
      put(atMs, { do: 'ask', request: someRequest(`job_${String(asked).padStart(7, '0')}`, repositoryIds, by) })
      if (asked % often === 0) put(atMs + 1, { do: 'own' })
      if (asked % (often >> 1) === 0) put(atMs + 2, { do: 'tune' })
    }
    for (let next = todo.take(); next !== undefined; next = todo.take()) {
      yield* happen(around, next.atMs, next.item)
      // The last request is followed by everything that is left.
      if (next.item.do === 'ask' && asked < jobs) break
    }
    if (asked === jobs) return
  }
}

const registration = (repositoryId: string) => ({
  actor: 'user:admin',
  command: {
    type: 'RegisterRepository',
    repositoryId,
    name: repositoryId,
    access: { location: `/backups/${repositoryId}`, passphrase: null, executable: null },
    borgId: null,
    created: false,
  } as const,
})
