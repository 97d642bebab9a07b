/** Fills an empty data directory with an exported log: all of it, checked line by line, or nothing. */
import { rm } from 'node:fs/promises'
import { importedCommits, systemClock } from '@borgledger/engine'
import { sqliteEventStore } from 'eventstore-adapter-sqlite'
import * as E from 'fp-ts/lib/Either.js'
import { prepareDataDir, takeOwnership } from '../data-dir/index.js'
import { fromStoreError } from '../ledger-error.js'
import { sayOpenError } from '../open-error.js'
import { failure, ok, type Result } from '../result.js'

/**
 * `lines` come without their newlines. Answers with the position of the last event. Codes: `not-empty` when there are events already;
 * `log-damaged` with the line that is at fault; `data-dir-unusable`; those of a failing store. Rejects with `StartError` when somebody owns the directory.
 */
export const importLog = async (dataDir: string, lines: AsyncIterable<string>): Promise<Result<number>> => {
  const dir = await prepareDataDir(dataDir)
  const lock = await takeOwnership(dir, systemClock.now())
  try {
    const store = await sqliteEventStore({ file: dir.log })()
    if (E.isLeft(store)) return failure({ code: 'data-dir-unusable', message: `the log cannot be opened: ${sayOpenError(store.left)}` })
    const restored = await store.right.restore(importedCommits(lines))()
    await store.right.close()
    if (E.isRight(restored)) {
      // Tables of another log would pass for this one's.
      for (const suffix of ['', '-wal', '-shm']) await rm(`${dir.readModels}${suffix}`, { force: true })
      return ok(restored.right)
    }
    const { left } = restored
    if (left.tag === 'NotEmpty') return failure({ code: 'not-empty', message: `the log has ${left.head} events already` })
    return failure(left.tag === 'Corrupt' ? { code: 'log-damaged', message: left.detail } : fromStoreError(left))
  } finally {
    await lock.release()
  }
}
