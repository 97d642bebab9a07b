/** `borgledger audit state`. */
import type { PastState } from 'borgledger'
import { granted, type Work } from '../command.js'
import { exitStatus } from '../exit-status.js'
import type { AtOption } from '../moment.js'

export const state = async ({ ledger, show }: Work, { at }: AtOption): Promise<number> => {
  const past = granted(await ledger.stateAt(at))
  show(past, () => sayState(past))
  return exitStatus.success
}

const sayState = (past: PastState): ReadonlyArray<string> => [
  `position:     ${past.position}${past.at === null ? '' : `, recorded at ${past.at}`}`,
  `host:         ${past.owner.host ?? 'none'}${past.owner.dispatching ? '' : ', starts no jobs'}`,
  `running:      ${named(past.running)}`,
  `pending:      ${named(past.pending)}`,
  ...past.slots.map(({ slot, jobs }) => `slot:         ${slot}: ${named(jobs)}`),
  ...past.claims.map(({ jobId, keys, mode }) => `claim:        ${keys[0]}: ${mode}, by ${jobId ?? 'a call of borg'}`),
  ...past.repositories.map(({ id, location, lastBackup }) => `repository:   ${id} at ${location}, last backup ${sayLast(lastBackup)}`),
  ...past.schedules.map(({ id, definition }) => `schedule:     ${id}, "${definition.cron}" in ${definition.timeZone}`),
  ...Object.entries(past.settings).map(([name, value]) => `setting:      ${name} ${JSON.stringify(value)}`),
]

const named = (ids: ReadonlyArray<string>): string => (ids.length === 0 ? 'none' : ids.join(', '))

const sayLast = (last: PastState['repositories'][number]['lastBackup']): string =>
  last === null ? 'none' : `${last.id} ${last.state} ${last.finishedAt ?? ''}`.trimEnd()
