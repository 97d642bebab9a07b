/** Fills an empty log with the commits of another, in one transaction: all of them verified, or none. */
import { type RecordedCommit, type RestoreError, takeCommits } from '@borgledger/eventstore'
import * as E from 'fp-ts/lib/Either.js'
import { type Connection, rollback, waitWhileBusy } from './driver/index.js'
import { openFault, plainFault } from './faults.js'
import type { LogFiles } from './log-files.js'
import type { LogHandle } from './log-handle.js'
import type { LogWriter } from './log-writer.js'

type Restored = E.Either<RestoreError, number>

/** To be called when nobody else writes through this handle. Right is the position of the last event. */
export const restoreLog = async (
  handle: LogHandle,
  pages: AsyncIterable<ReadonlyArray<RecordedCommit>>,
  busyWaitMsMax: number,
): Promise<Restored> => {
  try {
    const { writing, readOnly } = handle.sound()
    if (writing === null) return E.left({ tag: 'ReadOnly', detail: readOnly ?? 'it cannot be written' })
    return await fillInOne(handle, writing, pages, busyWaitMsMax)
  } catch (error) {
    return E.left(restoreFault(error))
  }
}

const fillInOne = async (
  handle: LogHandle,
  { connection, log }: NonNullable<LogFiles['writing']>,
  pages: AsyncIterable<ReadonlyArray<RecordedCommit>>,
  busyWaitMsMax: number,
): Promise<Restored> => {
  try {
    const begun = await waitWhileBusy(() => connection.exec('BEGIN IMMEDIATE'), busyWaitMsMax)
    if (begun !== undefined) return E.left(begun)
    const filled = await fill(log, pages)
    if (E.isRight(filled)) commit(handle, connection)
    return filled
  } finally {
    rollback(connection)
  }
}

const fill = async (log: LogWriter, pages: AsyncIterable<ReadonlyArray<RecordedCommit>>): Promise<Restored> => {
  const head = log.head()
  if (head.position > 0) return E.left({ tag: 'NotEmpty', head: head.position })
  const taken = await takeCommits<RestoreError>(pages, (commit) => insert(log, commit))
  return E.isLeft(taken) ? taken : E.right(taken.right.position)
}

const insert = (log: LogWriter, commit: RecordedCommit): RestoreError | null => {
  try {
    log.insert(commit)
    return null
  } catch (error) {
    return restoreFault(error, commit)
  }
}

/** A COMMIT that failed is in doubt until the files were opened again. */
const commit = (handle: LogHandle, connection: Connection): void => {
  try {
    connection.exec('COMMIT')
  } catch (error) {
    if (plainFault(error) === null) handle.suspect()
    throw error
  }
}

const restoreFault = (error: unknown, commit?: RecordedCommit): RestoreError => {
  const plain = plainFault(error)
  if (plain !== null) return plain
  if (openFault(error) === null) throw error
  const detail = commit === undefined ? String(error) : `commit ${commit.commitId}: ${String(error)}`
  return { tag: 'Corrupt', position: commit?.first ?? null, detail }
}
