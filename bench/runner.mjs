// What does running Borg cost the process that runs it? Run after a build: node bench/runner.mjs [--seconds=60]
//
// Two measures through the built library: a flood of progress lines from a scripted borg, and the CPU of this process, its threads included,
// during a real backup that is mostly waiting, beside the same process without a job. The machine has neighbours, so nothing here fails.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measureCpu } from './runner/cpu.mjs'
import { measureFlood } from './runner/flood.mjs'

const seconds = Number(/^--seconds=(\d+)$/.exec(process.argv.find((word) => word.startsWith('--seconds=')) ?? '')?.[1] ?? 60)
const cpuPercentMax = 0.5
const updatesPerSecondMax = 4

const percent = (share) => `${(share * 100).toFixed(2)} %`
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`
const line = (name, value, goal = '') => console.log(`${name.padEnd(48)} ${value.padStart(10)}   ${goal}`.trimEnd())
const held = (holds, goal) => `${goal}: ${holds ? 'held' : 'MISSED'}`

const folder = mkdtempSync(join(tmpdir(), 'bench-runner-'))
try {
  const flood = await measureFlood(join(folder, 'flood'), { linesPerSecond: 3_000, seconds: Math.min(seconds, 20) })
  console.log(`a check that tells ${flood.lines} lines in ${flood.seconds.toFixed(1)} s`)
  const rate = flood.updates / flood.seconds
  line('  updates a second that reach a follower', rate.toFixed(2), held(rate <= updatesPerSecondMax, `at most ${updatesPerSecondMax}`))
  line('  memory, last second above first', megabytes(flood.rssGrowthBytes))
  line('  spool, the most that it held on the disk', megabytes(flood.spoolBytesMax), `of ${megabytes(flood.spoolBytesWritten)} written`)
  line('  CPU of this process', percent(flood.cpuShare))

  const cpu = await measureCpu(join(folder, 'cpu'), seconds)
  if (cpu === null) console.log('the CPU beside a real backup was not measured: it needs borg and sshd')
  else {
    console.log(`a real backup of ${cpu.files} files over ssh, slowed down to ${cpu.backupSeconds.toFixed(1)} s`)
    line('  CPU of this process before any job', percent(cpu.idleShare))
    const goal = seconds < 60 ? 'the goal is for a minute: see --seconds' : held(cpu.backupShare * 100 <= cpuPercentMax, 'at most 0.5 %')
    line('  CPU of this process during the backup', percent(cpu.backupShare), goal)
    line('  after its first second', percent(cpu.laterShare))
    line('  in its first second, when a worker is started', `${cpu.startMs.toFixed(0)} ms`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
