/** The data directory: its rights, the file system below it, and how much room there is. Nothing is made or opened. */
import type { StatsFs } from 'node:fs'
import { access, constants, stat, statfs } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { networkFileSystem } from 'borgledger'
import { bad, type Finding, note, ok } from './finding.js'

const gigabyte = 1_000_000_000
/** Below this a few large logs fill the disk. */
const freeBytesLow = gigabyte
const freeBytesLeast = 50_000_000
/** By the numbers of Linux' statfs(2); tmpfs and ramfs. */
const inMemory = new Set([0x01021994, 0x858458f6])

export const placeFindings = async (dataDir: string): Promise<ReadonlyArray<Finding>> => {
  const root = resolve(dataDir)
  const there = await nearest(root)
  const disk = await statfs(there)
  return [await rightsFinding(root, there), fileSystemFinding(there, disk), spaceFinding(disk)]
}

/** The directory, or the first above it that is there. */
const nearest = async (path: string): Promise<string> => {
  const found = await stat(path).catch(() => null)
  return found !== null || path === dirname(path) ? path : nearest(dirname(path))
}

const rightsFinding = async (root: string, there: string): Promise<Finding> => {
  const check = 'data directory'
  const found = await stat(there)
  if (!found.isDirectory()) return bad(check, `${there} is no directory: name another one`)
  const isUsable = await access(there, constants.R_OK | constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  )
  if (!isUsable) return bad(check, `${there} cannot be read and written by this user: give it the rights, or name another one`)
  if (there !== root) return ok(check, `${root} is made at the first start`)
  const isOpen = (found.mode & 0o077) !== 0
  return isOpen ? note(check, `${root} may be entered by other users: chmod 700 keeps them out`) : ok(check, `${root}, for its user alone`)
}

const fileSystemFinding = (there: string, { type }: StatsFs): Finding => {
  const check = 'file system'
  if (process.platform !== 'linux') return note(check, 'it is not known whether its locks hold: use a local disk')
  const network = networkFileSystem(type)
  if (network !== null) return bad(check, `${there} lies on ${network}, whose locks cannot be relied upon: use a local disk`)
  return inMemory.has(type) ? note(check, `${there} lies in memory: all of it is gone with the machine`) : ok(check, 'local')
}

const spaceFinding = ({ bavail, bsize }: StatsFs): Finding => {
  const [check, free] = ['free space', bavail * bsize]
  const said = `${(free / gigabyte).toFixed(1)} GB`
  if (free < freeBytesLeast) return bad(check, `${said}: make room`)
  return free < freeBytesLow ? note(check, `${said} is little`) : ok(check, said)
}
