/** Where the log is to stand: is there a directory, a file, may it be written, can its locks be relied upon? */
import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { OpenRefused } from './errors.js'

export interface Place {
  readonly exists: boolean
  /** Why it cannot be written, or null. */
  readonly readOnly: string | null
  /** There is a write-ahead log: somebody has the file open, or did not close it. */
  readonly hasWal: boolean
  readonly bytes: number
}

/** By the numbers of Linux' statfs(2). Elsewhere they mean something else, and nothing is refused. */
const networkFileSystems = new Map<number, string>([
  [0x6969, 'nfs'],
  [0x517b, 'smb'],
  [0xff534d42, 'cifs'],
  [0xfe534d42, 'smb2'],
  [0x01021997, '9p'],
  [0x00c36400, 'ceph'],
  [0x5346414f, 'afs'],
  [0x6b414653, 'afs'],
  [0x73757245, 'coda'],
  [0x0bd00bd0, 'lustre'],
])

export const networkFileSystem = (type: number): string | null => networkFileSystems.get(type >>> 0) ?? null

/** Throws `OpenRefused`: `MissingDirectory`, `NetworkFileSystem`, `NotALog`, or `ReadOnly` when there is nothing to read either. */
export const inspectPlace = (
  file: string,
  fileSystemType: (directory: string) => number = (directory) => statfsSync(directory).type,
): Place => {
  const directory = dirname(file)
  if (!isDirectory(directory)) throw new OpenRefused({ tag: 'MissingDirectory', directory })
  const fileSystem = process.platform === 'linux' ? networkFileSystem(fileSystemType(directory)) : null
  if (fileSystem !== null) throw new OpenRefused({ tag: 'NetworkFileSystem', directory, fileSystem })
  const exists = existsSync(file)
  if (exists && !statSync(file).isFile()) throw new OpenRefused({ tag: 'NotALog', file, detail: 'it is not a file' })
  const readOnly = firstUnwritable(exists ? [file, directory] : [directory])
  if (!exists && readOnly !== null) throw new OpenRefused({ tag: 'ReadOnly', detail: readOnly })
  const wal = statSync(`${file}-wal`, { throwIfNoEntry: false })
  return { exists, readOnly, hasWal: (wal?.size ?? 0) > 0, bytes: exists ? statSync(file).size : 0 }
}

const isDirectory = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false

const firstUnwritable = (paths: ReadonlyArray<string>): string | null => {
  const found = paths.find((path) => !isWritable(path))
  return found === undefined ? null : `${found} cannot be written`
}

const isWritable = (path: string): boolean => {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}
