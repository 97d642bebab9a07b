/** What a backup left: its archive as borg told it, or as the repository shows it. */
import type { EvidenceOf, WorkOf } from '@borgledger/domain'
import type { BorgRun } from '../borg-run.js'
import type { RunEnding } from '../messages.js'
import type { RunnerOptions } from '../options.js'
import { missingOf } from '../preflight.js'
import type { Left } from './left.js'
import { isWorthALook, type Look, look, noLook } from './look.js'

export const createdBy = async (
  options: RunnerOptions,
  run: BorgRun<WorkOf<'create'>>,
  { report }: RunEnding,
  left: Left,
): Promise<EvidenceOf<'create'>> => {
  const shown: Look = report === null && isWorthALook(left) ? await look(options, run) : noLook
  return {
    ...left,
    kind: 'create',
    archive: report?.archive ?? shown.archive,
    looked: shown.looked,
    missingSources: await missingOf(run.work.spec.sources),
    borgId: report?.borgId ?? shown.borgId ?? left.borgId,
  }
}
