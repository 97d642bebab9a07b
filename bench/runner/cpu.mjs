// The CPU of this process while real borg backs up slowly over ssh, and while there is nothing to do.
import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { hasBorg } from '@borgledger/testkit'
import { hasSshd, loopbackSshd } from '@borgledger/testkit/loopback-sshd'
import { createBorgledger } from 'borgledger'
import { cpuSince, value } from './measuring.mjs'

/** What goes over the line, so that the backup takes as long as asked. */
const rateKiB = 500
const fileBytes = 50_000

/** Null where there is no borg or no sshd. */
export const measureCpu = async (folder, seconds) => {
  if (!hasBorg() || !hasSshd()) return null
  const files = Math.ceil((seconds * rateKiB * 1024) / fileBytes)
  const sources = join(folder, 'files')
  mkdirSync(sources, { recursive: true })
  for (let index = 0; index < files; index += 1) writeFileSync(join(sources, `file-${index}`), randomBytes(fileBytes))
  const sshd = await loopbackSshd(join(folder, 'sshd'))
  const ledger = await createBorgledger({ dataDir: join(folder, 'data'), ssh: { configFile: sshd.clientConfig } })
  try {
    const by = { actor: 'user:bench' }
    const location = sshd.location(join(folder, 'repository'))
    value(await ledger.addRepository({ id: 'it', name: 'It', location, create: { encryption: 'none' } }, by))
    await sleep(3_000)
    const idle = cpuSince()
    await sleep(Math.min(20_000, seconds * 500))
    const idleShare = idle().share
    const body = { type: 'backup', repositoryId: 'it', sources: [sources], options: { uploadRateKiB: rateKiB } }
    const during = cpuSince()
    const job = value(await ledger.start(body, by))
    await sleep(1_000)
    const startMs = during().ms
    const end = await job.finished()
    const used = during()
    if (end.state !== 'completed') throw new Error(`the backup ${end.state}: ${end.error?.message}`)
    const laterShare = (used.ms - startMs) / (used.seconds * 1_000 - 1_000)
    return { files, backupSeconds: used.seconds, idleShare, backupShare: used.share, laterShare, startMs }
  } finally {
    await ledger.close()
    await sshd.close()
  }
}
