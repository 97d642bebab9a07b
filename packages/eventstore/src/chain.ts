/**
 * The hash chain: every commit's hash covers the hash before it and the whole stored envelope of its events.
 *
 * Fields are length-prefixed and taken as the stored texts, so no canonical JSON is needed and no two contents share an encoding.
 */
import { hash as digest } from 'node:crypto'
import type { Hash, RecordedCommit } from './port.js'

/** Stands before the first commit. */
export const genesisHash: Hash = '0'.repeat(64)

/** SHA-256 over `previous` and every field of the commit but its own hash. */
export const hashCommit = (previous: Hash, commit: Omit<RecordedCommit, 'hash'>): Hash => {
  const fields: string[] = [previous, commit.commitId, commit.at, commit.actor, commit.correlationId]
  fields.push(commit.causationId === null ? 'none' : `some ${commit.causationId}`, commit.command, String(commit.events.length))
  for (const event of commit.events) {
    fields.push(String(event.position), event.id, event.type, String(event.version), event.tags, event.data)
  }
  return digest('sha256', fields.map((field) => `${Buffer.byteLength(field)}:${field}`).join(''))
}
