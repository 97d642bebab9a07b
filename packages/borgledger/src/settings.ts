/** The settings at the library's door. */
import { decodeWith, type Settings, SettingsPatch } from '@borgledger/domain'
import type { Engine } from '@borgledger/engine'
import * as E from 'fp-ts/lib/Either.js'
import type { Caller } from './caller.js'
import { fromSubmitError } from './ledger-error.js'
import { failure, invalidBody, ok, type Result } from './result.js'

export interface SettingsDoor {
  readonly get: () => Settings
  /** Changes what is named and leaves the rest. Code: `invalid-body`. */
  readonly change: (patch: unknown, caller: Caller) => Promise<Result<Settings>>
}

export const settingsDoor = (engine: Engine): SettingsDoor => ({
  get: () => engine.state().settings,
  change: async (patch, { actor }) => {
    const decoded = decodeWith(SettingsPatch, patch)
    if (E.isLeft(decoded)) return failure(invalidBody(decoded.left))
    const submitted = await engine.submit({ command: { type: 'ChangeSettings', changes: decoded.right }, actor })()
    return E.isLeft(submitted) ? failure(fromSubmitError(submitted.left)) : ok(engine.state().settings)
  },
})
