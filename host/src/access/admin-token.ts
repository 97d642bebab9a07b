/** The first admin token: made once, kept in the data directory for its own user's eyes only. */
import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export const adminTokenFile = (dataDir: string): string => join(dataDir, 'admin-token')

/** To be called by the owner of the data directory alone. */
export const keptAdminToken = async (dataDir: string): Promise<string> => {
  const file = adminTokenFile(dataDir)
  const kept = (await readFile(file, 'utf8').catch(() => '')).trim()
  if (kept !== '') return kept
  const made = freshToken()
  await writeFile(file, `${made}\n`, { mode: 0o600 })
  return made
}

/** 256 random bits as base64url. */
export const freshToken = (): string => randomBytes(32).toString('base64url')
