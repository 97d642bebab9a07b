/**
 * How a run ended, read from its files once its processes are gone.
 */
import { readFileSync, statSync } from 'node:fs'
import { createReport } from './lines/report.js'
import type { RunEnding } from './messages.js'
import type { Reading } from './reading.js'
import type { RunDir } from './run-dir.js'
import type { SpoolFollower } from './spool/follower.js'
import type { Tail } from './spool/tail.js'

const textBytesMax = 4 * 1024 * 1024
const sshWordsMax = 4_096

/** Completes the log with the last words. The wrapper's exit code is worth more than what borg said of it. */
export const finish = (run: RunDir, follower: SpoolFollower, { program }: Reading): Tail => {
  while (follower.drain(true)) {}
  const written = textOf(run.exit).trim()
  const exitCode = /^\d+$/.test(written) ? Number(written) : follower.seen.exitCode
  const made = createReport(textOf(run.stdout))?.archive
  const ssh = textOf(run.sshLog).trim().slice(-sshWordsMax)
  return follower.finish(exitCode, [
    ...(ssh === '' ? [] : [`ssh: ${ssh}`]),
    ...(made === undefined ? [] : [`archive ${made.name}: ${made.files} files, ${made.originalBytes} bytes`]),
    exitCode === null ? `${program} is gone and left no exit code` : `${program} ended with exit code ${exitCode}`,
  ])
}

export const endingOf = (run: RunDir, tail: Tail): RunEnding => ({
  exitCode: tail.ended?.exitCode ?? null,
  logBytes: tail.ended?.logBytes ?? null,
  seen: tail.seen,
  report: createReport(textOf(run.stdout)),
})

/** Why the wrapper gave up, in its own words. */
export const notStarted = (follower: SpoolFollower): string => {
  while (follower.drain(true)) {}
  return follower.seen.words.join('\n') || 'the run was never started'
}

/** Empty when there is none, or more than anybody should write there. */
const textOf = (path: string): string => {
  try {
    return statSync(path).size > textBytesMax ? '' : readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
