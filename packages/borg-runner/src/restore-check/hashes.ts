/** Compares the content of a few restored files with the archive's, by their hashes. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { EvidenceOf } from '@borgledger/domain'

export interface Hashed {
  readonly hashed: number
  readonly mismatches: EvidenceOf<'restore-check'>['mismatches']
}

/** `told`: borg's lines of JSON with `path` and `sha256`; of them only the `wanted` paths count. */
export const compareHashes = async (told: string, wanted: ReadonlyArray<string>, folder: string): Promise<Hashed> => {
  const hashes = new Map(told.split('\n').flatMap(hashOf))
  const mismatches: Array<{ readonly path: string; readonly what: string }> = []
  for (const path of wanted) {
    const hash = hashes.get(path)
    if (hash === undefined) mismatches.push({ path, what: 'cannot be read from the archive' })
    else if ((await sha256Of(join(folder, path))) !== hash) mismatches.push({ path, what: 'has another content' })
  }
  return { hashed: wanted.length, mismatches }
}

const hashOf = (line: string): ReadonlyArray<readonly [string, string]> => {
  try {
    const { path, sha256 } = JSON.parse(line)
    return typeof path === 'string' && typeof sha256 === 'string' ? [[path, sha256]] : []
  } catch {
    return []
  }
}

/** Null when it cannot be read. */
const sha256Of = async (path: string): Promise<string | null> => {
  const hash = createHash('sha256')
  try {
    await pipeline(createReadStream(path), hash)
    return hash.digest('hex')
  } catch {
    return null
  }
}
