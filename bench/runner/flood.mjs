// A check of the scripted borg that tells thousands of lines a second: what reaches a follower, and what memory and disk hold of it.
import { statSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fakeBorg } from '@borgledger/testkit/fake-borg'
import { createBorgledger } from 'borgledger'
import { cpuSince, value } from './measuring.mjs'

export const measureFlood = async (folder, told) => {
  const borg = await fakeBorg(join(folder, 'bin'), { kind: 'flood', on: 'check', progress: true, ...told })
  const dataDir = join(folder, 'data')
  const ledger = await createBorgledger({ dataDir, borg })
  const by = { actor: 'user:bench' }
  const location = join(folder, 'repository')
  value(await ledger.addRepository({ id: 'it', name: 'It', location, create: { encryption: 'none' } }, by))
  const job = value(await ledger.start({ type: 'check', repositoryId: 'it', mode: 'full', verifyData: true }, by))
  const cpu = cpuSince()
  const watch = watchRun(join(dataDir, 'runs'))
  let updates = 0
  for await (const { progress } of job.updates()) if (progress !== null) updates += 1
  const used = cpu()
  const seen = watch.end()
  await ledger.close()
  return { lines: told.linesPerSecond * told.seconds, seconds: used.seconds, updates, cpuShare: used.share, ...seen }
}

/** Looks ten times a second. */
const watchRun = (runs) => {
  const rss = []
  let [spoolBytesMax, spoolBytesWritten] = [0, 0]
  const look = async () => {
    rss.push(process.memoryUsage().rss)
    for (const run of await readdir(runs).catch(() => [])) {
      const spool = statSync(join(runs, run, 'stderr'), { throwIfNoEntry: false })
      spoolBytesMax = Math.max(spoolBytesMax, (spool?.blocks ?? 0) * 512)
      spoolBytesWritten = Math.max(spoolBytesWritten, spool?.size ?? 0)
    }
  }
  const timer = setInterval(() => void look(), 100)
  return {
    end: () => {
      clearInterval(timer)
      return { spoolBytesMax, spoolBytesWritten, rssGrowthBytes: mean(rss.slice(-10)) - mean(rss.slice(10, 20)) }
    },
  }
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
