/** The settings as they were: a fold of their changes. */
import { evolveAll, initialState, type Settings } from '@borgledger/domain'
import type { Position } from '@borgledger/eventstore'
import { decodePage } from '../../feed/decode.js'
import type { PastParts } from './jobs.js'

export const settingsAsOf = async ({ store }: Pick<PastParts, 'store'>, upTo: Position): Promise<Settings> => {
  let state = initialState
  for await (const page of store.read([{ types: ['SettingsChanged'] }], { upTo })) state = evolveAll(state, decodePage(page))
  return state.settings
}
