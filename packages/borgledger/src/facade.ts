/** The library's door over the running parts. */
import type { Clock, Engine, Ids, JobLogs, ReadModels, Runner } from '@borgledger/engine'
import type { EventStore } from '@borgledger/eventstore'
import { defer } from 'rxjs'
import { createAudit, type LastVerification } from './audit/index.js'
import type { Borgledger } from './borgledger.js'
import type { OwnerLock } from './data-dir/index.js'
import { figuresOf } from './figures.js'
import { healthOf } from './health.js'
import { createHistory } from './history/index.js'
import { createJobs } from './jobs/index.js'
import { keysInUse } from './keys-in-use.js'
import { createTargets } from './notifications/index.js'
import { createRepositories, type Repositories } from './repositories/index.js'
import { createSchedules, type Schedules } from './schedules/index.js'
import { createScripts } from './scripts/index.js'
import type { SecretStore } from './secrets/index.js'
import { settingsDoor } from './settings.js'
import { createTokens } from './tokens/index.js'

export interface RunningParts {
  readonly engine: Engine
  readonly store: EventStore
  readonly readModels: ReadModels
  readonly runner: Runner
  readonly clock: Clock
  readonly ids: Ids
  readonly secrets: SecretStore
  readonly lock: OwnerLock
  readonly auditKey: string
  readonly logs: JobLogs
  readonly close: Borgledger['close']
  readonly closing: AbortSignal
}

export const facade = (parts: RunningParts): Borgledger => {
  const { engine, secrets, lock, logs, close } = parts
  const keys = keysInUse()
  const jobs = createJobs({ ...parts, keys })
  const scripts = createScripts({ ...parts, keys })
  const targets = createTargets({ ...parts, keys })
  const history = createHistory(parts.store)
  const settings = settingsDoor(engine)
  const tokens = createTokens({ ...parts, keys })
  let verified: LastVerification | null = null
  return {
    ...repositoriesDoor(createRepositories({ ...parts, keys })),
    addScript: scripts.add,
    changeScript: scripts.change,
    removeScript: scripts.remove,
    script: scripts.get,
    scripts: scripts.list,
    ...schedulesDoor(createSchedules({ ...parts, keys, jobOf: jobs.handle })),
    start: jobs.start,
    job: jobs.handle,
    jobs: jobs.list,
    log: {
      size: (jobId) => logs.size(jobId)(),
      open: (jobId) => logs.open(jobId)(),
    },
    settings: settings.get,
    changeSettings: settings.change,
    addNotificationTarget: targets.add,
    changeNotificationTarget: targets.change,
    removeNotificationTarget: targets.remove,
    notificationTarget: targets.get,
    notificationTargets: targets.list,
    testNotificationTarget: targets.test,
    deliveries: targets.deliveries,
    createToken: tokens.create,
    revokeToken: tokens.revoke,
    token: tokens.get,
    tokens: tokens.list,
    tokenBySecret: tokens.bySecret,
    putSecret: secrets.put,
    removeSecret: secrets.remove,
    events: history.read,
    events$: defer(() => history.follow(engine.state().position)),
    eventsAfter: history.follow,
    ...createAudit({ ...parts, onVerified: (last) => (verified = last) }),
    health: () => healthOf(engine, parts.store),
    figures: () => figuresOf({ ...parts, lastVerification: () => verified }),
    position: () => engine.state().position,
    rebuild: engine.projector.rebuild,
    announce: lock.announce,
    close,
  }
}

const repositoriesDoor = (repositories: Repositories) => ({
  addRepository: repositories.add,
  changeRepository: repositories.change,
  removeRepository: repositories.remove,
  repository: repositories.get,
  repositories: repositories.list,
  archives: repositories.archives,
  refreshArchives: repositories.refreshArchives,
  breakLock: repositories.breakLock,
})

const schedulesDoor = (schedules: Schedules) => ({
  addSchedule: schedules.add,
  changeSchedule: schedules.change,
  removeSchedule: schedules.remove,
  schedule: schedules.get,
  schedules: schedules.list,
  runSchedule: schedules.run,
  preview: schedules.preview,
  ticks: schedules.ticks,
})
