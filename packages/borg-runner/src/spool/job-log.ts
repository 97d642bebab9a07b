/**
 * Writes one job's log. Every write says where it goes, so that the same text written again after a crash lands on itself.
 *
 * A log that cannot be written stops nothing: the text is lost, the problem is kept, and the next write tries again.
 */
import { closeSync, constants, fstatSync, ftruncateSync, mkdirSync, openSync, statSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

export interface JobLog {
  /** Where the next text goes; null as long as the log could not be opened. */
  readonly position: () => number | null
  readonly write: (text: string) => void
  /** Why text was lost; null when none was. */
  readonly problem: () => string | null
  /** The size of the log, once it is whole; null when there is none, or it was removed or renamed while it was written. */
  readonly finish: () => number | null
  readonly close: () => void
}

/** `position` null: at the end of what is there. Otherwise what stands after it is taken off, to be written again. */
export const openJobLog = (path: string, position: number | null): JobLog => {
  let fd: number | null = null
  let at = position
  let problem: string | null = null

  const open = (): number => {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    const opened = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600)
    const size = fstatSync(opened).size
    if (at === null || at > size) at = size
    else ftruncateSync(opened, at)
    return opened
  }
  const attempt = (work: () => void): void => {
    try {
      work()
    } catch (error) {
      problem = (error as Error).message
    }
  }
  attempt(() => {
    fd = open()
  })

  return {
    position: () => at,
    problem: () => problem,
    write: (text) =>
      attempt(() => {
        if (text === '') return
        fd ??= open()
        at = writeAll(fd, Buffer.from(text), at ?? 0)
      }),
    finish: () => {
      let size: number | null = null
      attempt(() => {
        const named = statSync(path, { throwIfNoEntry: false })
        if (fd !== null && named?.ino !== fstatSync(fd).ino) throw new Error('it was removed or renamed while the job ran')
        size = named?.size ?? null
      })
      return size
    },
    close: () => {
      if (fd !== null) closeSync(fd)
      fd = null
    },
  }
}

const writeAll = (fd: number, bytes: Buffer, at: number): number => {
  let written = 0
  while (written < bytes.length) written += writeSync(fd, bytes, written, bytes.length - written, at + written)
  return at + written
}
