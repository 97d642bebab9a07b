/**
 * Installs a scripted borg: a small program that answers like borg 1.2 and fails in the way it was told to.
 *
 * It keeps a repository of its own kind at the location (`config` with an id, `archives.json`), so that archives it made are listed with their
 * comments, and it takes the repository's lock, so that two writers at once are found out.
 */
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export type FakeCommand = 'create' | 'extract' | 'check' | 'compact' | 'prune' | 'delete' | 'list' | 'info' | 'break-lock'

/** What one command does, `create` when none is named; the others do what they should. */
export type FakeBehaviour = Behaviour & { readonly on?: FakeCommand }

/** Times in milliseconds. `tookEffect`: the command had done its work before. */
type Behaviour =
  | { readonly kind: 'succeed' }
  /** Does its work, exit code 1. */
  | { readonly kind: 'warn'; readonly message?: string; readonly msgid?: string }
  /** An error line and an exit code (default 2). `archiveMade`: it fails after the archive was made. The only behaviour of a short call. */
  | {
      readonly kind: 'fail'
      readonly msgid?: string
      readonly message?: string
      readonly exitCode?: number
      readonly archiveMade?: boolean
      readonly tookEffect?: boolean
    }
  /**
   * Goes on until it is signalled, or two minutes are over. `runOn`: SIGINT saves a checkpoint and changes nothing else, as in a large file.
   * `leavesLock`: when it is signalled it ends without freeing the lock.
   */
  | { readonly kind: 'hang'; readonly runOn?: boolean; readonly tookEffect?: boolean; readonly leavesLock?: boolean }
  /** As `hang`, and deaf to all signals that can be ignored. */
  | { readonly kind: 'ignore-signals' }
  /**
   * So many lines a second for so long, and on until `untilFile` exists, if one is named; then succeeds. Log lines, padded to `lineBytes`, unless
   * `progress`.
   */
  | {
      readonly kind: 'flood'
      readonly linesPerSecond: number
      readonly seconds: number
      readonly progress?: boolean
      readonly lineBytes?: number
      readonly untilFile?: string
    }
  /** `lines` lines of progress, one every `everyMs`, then waits until `untilFile` exists, if one is named, and succeeds. */
  | { readonly kind: 'slow'; readonly lines: number; readonly everyMs: number; readonly untilFile?: string }
  /** A check that finds so many damaged places (1 when not said): error lines, exit code 1. */
  | { readonly kind: 'problems'; readonly count?: number }
  /** An extract whose files differ from what the archive holds. */
  | { readonly kind: 'tamper' }
  /** Every line in three pieces with pauses between. */
  | { readonly kind: 'half-lines' }
  /** Invalid UTF-8, NUL, a line of a megabyte, cut JSON, unknown types; then succeeds. */
  | { readonly kind: 'bad-json' }
  /** Ends with the exit code before it has written anything. */
  | { readonly kind: 'exit-before-output'; readonly exitCode: number }

const sourceMode = import.meta.url.endsWith('.ts')
const program = fileURLToPath(new URL(sourceMode ? './fake-borg-program.mjs' : './fake-borg-program.js', import.meta.url))

/** Writes the program as `borg` into the folder, over an earlier one; gives its path. */
export const fakeBorg = async (folder: string, behaviour: FakeBehaviour): Promise<string> => {
  const path = join(folder, 'borg')
  const words = [process.execPath, program, JSON.stringify(behaviour)].map((word) => `'${word.replaceAll("'", `'\\''`)}'`)
  await mkdir(folder, { recursive: true })
  await writeFile(path, `#!/bin/sh\nexec ${words.join(' ')} "$@"\n`)
  await chmod(path, 0o755)
  return path
}
