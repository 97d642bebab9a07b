/** The codecs of what is sent to the ledger, for whoever describes it, such as the HTTP API does. */
import { SettingsPatch } from '@borgledger/domain'
import { Alternative } from '@borgledger/engine'
import { SignedHead } from './audit/index.js'
import { JobBody } from './jobs/index.js'
import { TargetBody, TargetPatch } from './notifications/index.js'
import { LockBody, RepositoryBody, RepositoryPatch } from './repositories/index.js'
import { ScheduleBody, SchedulePatch } from './schedules/index.js'
import { ScriptBody, ScriptPatch } from './scripts/index.js'
import { TokenBody } from './tokens/index.js'

export const bodies = {
  job: JobBody,
  repository: RepositoryBody,
  repositoryPatch: RepositoryPatch,
  breakLock: LockBody,
  schedule: ScheduleBody,
  schedulePatch: SchedulePatch,
  script: ScriptBody,
  scriptPatch: ScriptPatch,
  target: TargetBody,
  targetPatch: TargetPatch,
  settingsPatch: SettingsPatch,
  token: TokenBody,
  alternative: Alternative,
  signedHead: SignedHead,
} as const
