/** How much of a job's log there is, or that it is gone. */
import type { Borgledger, Job, Result } from 'borgledger'

/** Bytes so far; 0 for a job that has not begun to write. Codes: those of the job's record, `log-removed`. */
export const logSize = async (ledger: Borgledger, jobId: string): Promise<Result<number>> => {
  const found = await ledger.job(jobId).record()
  if (!found.ok) return found
  const size = await ledger.log.size(jobId)
  if (size !== null) return { ok: true, value: size }
  if (!isGone(found.value)) return { ok: true, value: 0 }
  return { ok: false, error: { code: 'log-removed', message: sayRemoval(found.value) } }
}

const isGone = ({ log }: Job): boolean => log.state === 'removed' || log.state === 'kept'

const sayRemoval = ({ id, log }: Job): string =>
  log.removed === undefined
    ? `the log of job ${id} is gone`
    : `the log of job ${id} was removed at ${log.removed.at}: ${log.removed.reason}`
