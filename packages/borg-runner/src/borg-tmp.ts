/**
 * Where one process of borg keeps its temporary files. A borg that is killed leaves some behind, and those of its cache may be decrypted: so each
 * process has a folder of its own below the data directory, and the folder goes when the process has gone.
 */
import { readdirSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isId, safeId } from './run-dir.js'

const tmpsPath = (dataDir: string): string => join(dataDir, 'tmp')

const tmpPath = (dataDir: string, token: string): string => join(tmpsPath(dataDir), safeId(token))

/** `token`: what the process is found by. Null when it cannot be made, as on a full disk: borg then has the operator's own `TMPDIR`. */
export const makeBorgTmp = async (dataDir: string, token: string): Promise<string | null> => {
  const path = tmpPath(dataDir, token)
  return mkdir(path, { recursive: true, mode: 0o700 }).then(
    () => path,
    () => null,
  )
}

/** Never rejects: what cannot be removed now is left for the next start. */
export const removeBorgTmp = (dataDir: string, token: string): Promise<void> =>
  rm(tmpPath(dataDir, token), { recursive: true, force: true }).catch(() => {})

/** The tokens of which there is a folder. At once, so that none can be of a process that is started after it was asked. */
export const borgTmps = (dataDir: string): ReadonlyArray<string> => {
  try {
    return readdirSync(tmpsPath(dataDir)).filter(isId)
  } catch {
    return []
  }
}
