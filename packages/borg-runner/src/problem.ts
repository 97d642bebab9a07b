/** Why a call of borg failed, as a run would tell it. */
import type { BorgError } from '@borgledger/domain'
import type { RunnerProblem } from '@borgledger/engine'

export const errorOf = (problem: RunnerProblem): BorgError => ({
  msgid: problem.tag === 'BorgFailed' ? problem.msgid : null,
  message: problem.message,
})
