/**
 * What `borg create --json` says on stdout of the archive that it made. Null when it says nothing, or half of it.
 */
import type { ArchiveMade } from '@borgledger/domain'
import { instantOf } from './instant.js'

export interface CreateReport {
  readonly archive: ArchiveMade
  readonly borgId: string | null
}

export const createReport = (text: string): CreateReport | null => {
  try {
    const { archive, repository } = JSON.parse(text)
    if (typeof archive?.name !== 'string') return null
    return { archive: archiveMade(archive), borgId: typeof repository?.id === 'string' ? repository.id : null }
  } catch {
    return null
  }
}

/** An archive as borg's JSON describes it. */
interface Told {
  readonly name: string
  readonly id?: unknown
  readonly start?: unknown
  readonly stats?: Readonly<Record<string, unknown>>
}

const archiveMade = ({ name, id, start, stats }: Told): ArchiveMade => ({
  name,
  id: typeof id === 'string' ? id : null,
  at: typeof start === 'string' ? instantOf(start) : null,
  files: count(stats?.['nfiles']),
  originalBytes: count(stats?.['original_size']),
  compressedBytes: count(stats?.['compressed_size']),
  deduplicatedBytes: count(stats?.['deduplicated_size']),
})

const count = (value: unknown): number | null => (Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : null)
