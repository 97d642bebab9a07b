/** The comparison of one restore check: made once, kept in the run's folder, read there by whoever asks again. */
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import type { BorgError, EvidenceOf, WorkOf } from '@borgledger/domain'
import * as E from 'fp-ts/lib/Either.js'
import { contentsArgv, hashesArgv } from '../argv/calls.js'
import type { BorgRun } from '../borg-run.js'
import { callBorg, callBorgInto } from '../call.js'
import type { RunnerOptions } from '../options.js'
import { errorOf } from '../problem.js'
import { runDir } from '../run-dir.js'
import { addMismatch, compareAll } from './comparison.js'
import { compareHashes } from './hashes.js'
import { sampled } from './sample.js'
import { scratchOf } from './scratch.js'

export interface Compared extends Pick<EvidenceOf<'restore-check'>, 'files' | 'bytes' | 'hashed' | 'mismatches'> {
  readonly lossy: number
}

type Check = BorgRun<WorkOf<'restore-check'>>

/** Left: why nothing could be compared. */
export const comparedOf = async (options: RunnerOptions, check: Check, archive: string): Promise<E.Either<BorgError, Compared>> => {
  const { compared: path } = runDir(options.dataDir, check.runId)
  if (existsSync(path)) return E.right(JSON.parse(await readFile(path, 'utf8')))
  const made = await compare(options, check, archive)
  if (E.isRight(made)) {
    await writeFile(`${path}.tmp`, JSON.stringify(made.right), { mode: 0o600 })
    await rename(`${path}.tmp`, path)
  }
  return made
}

const compare = async (options: RunnerOptions, check: Check, archive: string): Promise<E.Either<BorgError, Compared>> => {
  const { repository, work, runId } = check
  const scratch = scratchOf(options.dataDir, runId)
  const folder = work.mode === 'extract' ? scratch.files : null
  if (folder !== null && !existsSync(folder)) return E.left({ msgid: null, message: 'the restored files are gone' })
  await mkdir(scratch.path, { recursive: true, mode: 0o700 })
  const listed = await callBorgInto(options, repository, contentsArgv(repository.location, archive, work.paths), scratch.contents)()
  if (E.isLeft(listed)) return E.left(errorOf(listed.left))
  const { sample, ...comparison } = await compareAll(scratch.contents, folder)
  const wanted = sampled(sample)
  if (folder === null || wanted.length === 0) return E.right({ ...comparison, hashed: 0 })
  const told = await callBorg(options, repository, hashesArgv(repository.location, archive, wanted))()
  if (E.isLeft(told)) return E.left(errorOf(told.left))
  const { hashed, mismatches } = await compareHashes(told.right, wanted, folder)
  return E.right({ ...comparison, hashed, mismatches: mismatches.reduce(addMismatch, comparison.mismatches) })
}
