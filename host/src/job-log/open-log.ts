/** A job's log for one reader, or why there is none any more. */
import type { Borgledger, Job, OpenLog, Result } from 'borgledger'

/** To be closed by the reader. Null for a job that has not begun to write. Codes: those of the job's record, `log-removed`. */
export const openLog = async (ledger: Borgledger, jobId: string): Promise<Result<OpenLog | null>> => {
  // Opened first: what the record says of a log that is not there is then no older than that.
  const log = await ledger.log.open(jobId)
  const found = await ledger.job(jobId).record()
  if (found.ok && (log !== null || !isGone(found.value))) return { ok: true, value: log }
  await log?.close()
  return found.ok ? { ok: false, error: { code: 'log-removed', message: sayRemoval(found.value) } } : found
}

export const isGone = ({ log }: Job): boolean => log.state === 'removed' || log.state === 'kept'

const whys: Readonly<Record<string, string>> = {
  policy: 'by policy: the setting logSavePolicy keeps no log of a job that ended like this',
  age: 'for its age: the setting logRetentionDays says how long logs are kept',
  cap: 'for room: all logs together were over the setting logMaxTotalBytes',
}

const sayRemoval = ({ id, log }: Job): string =>
  log.removed === undefined
    ? `the log of job ${id} is gone`
    : `the log of job ${id} was removed at ${log.removed.at} ${whys[log.removed.reason] ?? `(${log.removed.reason})`}`
