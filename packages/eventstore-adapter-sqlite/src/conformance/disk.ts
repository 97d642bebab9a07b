/** Disks that can be full or read-only. Both need root and a mount; a place without them has fewer capabilities. */
import { spawnSync } from 'node:child_process'
import { chmodSync, closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const isRoot = process.getuid?.() === 0

const run = (command: string, ...args: ReadonlyArray<string>): boolean => spawnSync(command, args, { stdio: 'ignore' }).status === 0

/** A directory of its own; `small`: on a tmpfs of 4 MiB. */
export const makeDirectory = (small: boolean): string => {
  const directory = mkdtempSync(join(tmpdir(), 'eventstore-'))
  if (small && !run('mount', '-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', directory)) {
    rmSync(directory, { recursive: true })
    throw new Error('no tmpfs can be mounted')
  }
  return directory
}

/** `mounts`: how many file systems lie on it. They are taken off lazily, since SQLite may let go of its files late. */
export const removeDirectory = (directory: string, mounts: number): void => {
  for (let left = mounts; left > 0; left--) run('umount', '-l', directory)
  chmodSync(directory, 0o700)
  rmSync(directory, { recursive: true, force: true })
}

/** Fills it to the last byte; answers with the way to make room again. */
export const fill = (directory: string): (() => void) => {
  const ballast = join(directory, 'ballast')
  const descriptor = openSync(ballast, 'w')
  for (const bytes of [65_536, 4_096, 1]) {
    try {
      for (;;) writeSync(descriptor, Buffer.alloc(bytes))
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
    }
  }
  closeSync(descriptor)
  return () => rmSync(ballast)
}

/** Root may write what modes forbid, so for root it is a mount; answers with the number of mounts added. */
export const makeReadOnly = (directory: string, file: string): number => {
  if (isRoot) {
    if (run('mount', '--bind', directory, directory) && run('mount', '-o', 'remount,ro,bind', directory)) return 1
    throw new Error('no read-only mount can be made')
  }
  chmodSync(file, 0o400)
  chmodSync(directory, 0o500)
  return 0
}

const probeMount = (): boolean => {
  if (!isRoot || process.platform !== 'linux') return false
  const directory = mkdtempSync(join(tmpdir(), 'eventstore-probe-'))
  const mounted = run('mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', directory)
  removeDirectory(directory, mounted ? 1 : 0)
  return mounted
}

export const canMount = probeMount()
export const canMakeReadOnly = canMount || !isRoot
