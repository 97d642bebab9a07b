/** How the conformance suite examines this adapter: its logs, its processes, and the faults that can be made to one file. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Capability, Harness, Log } from '@borgledger/eventstore/conformance'
import * as E from 'fp-ts/lib/Either.js'
import { canMakeReadOnly, canMount, fill, makeDirectory, makeReadOnly, removeDirectory } from './conformance/disk.js'
import { spawnAppender } from './conformance/spawn-appender.js'
import { loadSqlite, openDatabase } from './driver/index.js'
import { sqliteEventStore } from './index.js'

const faultsHere: ReadonlyArray<Capability> = [
  ...(canMount ? (['disk-full'] as const) : []),
  ...(canMakeReadOnly ? (['read-only'] as const) : []),
]

const createLog = (small: boolean): Log => {
  const directory = makeDirectory(small)
  const file = join(directory, 'log.db')
  let mounts = small ? 1 : 0
  return {
    open: async () => {
      const opened = await sqliteEventStore({ file, reserveBytes: small ? 1024 * 1024 : 0 })()
      if (E.isLeft(opened)) throw new Error(JSON.stringify(opened.left))
      return opened.right
    },
    discard: async () => removeDirectory(directory, mounts),
    faults: {
      spawnAppender: (plan) => spawnAppender(file, plan),
      hold: async () => hold(file),
      fillDisk: async () => {
        const free = fill(directory)
        return async () => free()
      },
      makeReadOnly: async () => {
        mounts += makeReadOnly(directory, file)
      },
      changeByte: async (text) => changeByte(file, text),
    },
  }
}

/** Another connection that has begun to write and does not end. */
const hold = (file: string): (() => Promise<void>) => {
  const connection = openDatabase(loadSqlite(), { file, mode: 'write' })
  connection.exec('BEGIN IMMEDIATE')
  return async () => {
    connection.exec('ROLLBACK')
    connection.close()
  }
}

/** Everywhere it stands: pages that were split keep old copies, which nobody reads. */
const changeByte = (file: string, text: string): void => {
  const bytes = readFileSync(file)
  if (!bytes.includes(text)) throw new Error(`${text} does not stand in the file`)
  for (let place = bytes.indexOf(text); place >= 0; place = bytes.indexOf(text, place + 1))
    bytes.writeUInt8(bytes.readUInt8(place) ^ 1, place)
  writeFileSync(file, bytes)
}

export const harness: Harness = {
  name: 'eventstore-adapter-sqlite',
  capabilities: ['durable', 'handles', 'processes', 'reserve', 'busy', 'damage', ...faultsHere],
  create: async ({ small = false } = {}) => createLog(small && canMount),
}
