/**
 * Who holds a local repository's lock, as borg 1.x writes it down: an empty file `HOST-ID.PID-THREAD` in `lock.exclusive/`, and a list in
 * `lock.roster`.
 */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface Holder {
  /** As people know it: what borg wrote. */
  readonly name: string
  /** Null when borg's form is not recognised. */
  readonly process: { readonly hostId: string; readonly pid: number } | null
}

/** A roster that is empty or broken holds nobody: borg takes it so too. */
export const holdersOf = async (repositoryPath: string): Promise<ReadonlyArray<Holder>> => {
  const names = await readdir(join(repositoryPath, 'lock.exclusive')).catch(() => [])
  const roster = await readFile(join(repositoryPath, 'lock.roster'), 'utf8').catch(() => '')
  return [...names.map(holderOf), ...rosterHolders(roster)]
}

const holderOf = (name: string): Holder => {
  const [, hostId, pid] = /^(.+)\.(\d+)-[0-9a-f]+$/i.exec(name) ?? []
  return { name, process: hostId === undefined ? null : { hostId, pid: Number(pid) } }
}

const rosterHolders = (text: string): ReadonlyArray<Holder> => {
  try {
    const roster: Readonly<Record<string, unknown>> = JSON.parse(text)
    return [roster['exclusive'], roster['shared']].flatMap((entries) => (Array.isArray(entries) ? entries.map(entryHolder) : []))
  } catch {
    return []
  }
}

const entryHolder = (entry: unknown): Holder => {
  const [hostId, pid] = Array.isArray(entry) ? entry : []
  const known = typeof hostId === 'string' && Number.isSafeInteger(pid)
  return { name: known ? `${hostId}.${pid}` : JSON.stringify(entry), process: known ? { hostId, pid } : null }
}
