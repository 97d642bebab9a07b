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
  let text = field(previous) + field(commit.commitId) + field(commit.at) + field(commit.actor) + field(commit.correlationId)
  text += field(commit.causationId === null ? 'none' : `some ${commit.causationId}`) + field(commit.command)
  text += field(String(commit.events.length))
  for (const event of commit.events) {
    text += field(String(event.position)) + field(event.id) + field(event.type) + field(String(event.version))
    text += field(event.tags) + field(event.data)
  }
  return digest('sha256', text)
}

const field = (text: string): string => `${Buffer.byteLength(text)}:${text}`
