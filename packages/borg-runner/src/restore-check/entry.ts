/** What an archive says of one thing in it, and what is then found on the disk. */
import type { Stats } from 'node:fs'

/** One line of `borg list --json-lines`. Sizes in bytes. */
export interface Entry {
  readonly path: string
  /** As `ls` shows it: the type, then the permissions. A later name of the same file is of type `h` and has no size of its own. */
  readonly mode: string
  readonly size: number
  /** UTC without a zone. */
  readonly mtime: string
  readonly linktarget: string
  /** False when a repair of the repository has put zeros in its place. */
  readonly healthy: boolean
}

export interface Found {
  readonly stats: Pick<Stats, 'mode' | 'size' | 'mtimeMs'>
  /** Of a symbolic link. */
  readonly linktarget: string | null
}

/** Null for a line that is none. */
export const entryOf = (line: string): Entry | null => {
  try {
    const { path, mode, size, mtime, linktarget, healthy } = JSON.parse(line)
    return typeof path === 'string' && typeof mode === 'string' && typeof size === 'number'
      ? { path, mode, size, mtime, linktarget, healthy: healthy !== false }
      : null
  } catch {
    return null
  }
}

/** Regular files, folders and links; what else there may be needs rights of its own to be made. */
export const isComparable = ({ mode }: Entry): boolean => /^[-hdl]/.test(mode)

export const isFile = ({ mode }: Entry): boolean => /^[-h]/.test(mode)

/** Borg shows a byte that is no UTF-8 as a question mark, so that the name cannot be found again. */
export const isLossy = ({ path }: Entry): boolean =>
  /[?\uFFFD]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(path)
