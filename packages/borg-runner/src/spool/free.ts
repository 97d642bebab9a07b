/**
 * Gives back the space of what was read while borg goes on appending.
 *
 * A truncation would race with the writer and lose a line; a hole punched behind the reader does not. Where the file system or the machine
 * cannot do that, the spool just grows until the run has ended.
 */
import { execFile } from 'node:child_process'

const worthBytes = 1024 * 1024

/** Frees everything before `upTo`, a megabyte or more at a time; asked too early or twice, it does nothing. */
export const spoolFreer = (path: string): ((upTo: number) => void) => {
  let freed = 0
  let able = true
  let busy = false
  return (upTo) => {
    if (!able || busy || upTo - freed < worthBytes) return
    busy = true
    execFile('fallocate', ['--punch-hole', '--offset', String(freed), '--length', String(upTo - freed), path], (error) => {
      busy = false
      able = error === null
      if (able) freed = upTo
    })
  }
}
