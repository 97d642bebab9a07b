/** Whether a run lives, where its processes can be seen, where they cannot, and where their pids are a stranger's by now. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { until } from '../fixtures/scene.js'
import { canHideProcesses, lookBehind, type Veil, veils } from '../fixtures/veils.js'
import { sightOfHolder } from '../lock/sight.js'
import { runDir } from '../run-dir.js'
import { parseStat, readIdentity, sightOf } from './identity.js'
import { climb } from './ladder.js'
import { tracesOf } from './liveness.js'
import { launch } from './wrapper.js'

const hostId = 'test@borg-runner'

interface Place {
  readonly dataDir: string
  /** Begins a run; resolves once it is at work. */
  readonly run: (runId: string) => Promise<void>
  /** A process that is no run: a stranger, or a call of borg. */
  readonly process: () => Promise<number>
  /** A process that did not start in the same tick as the run: under one pid nobody could tell those two apart. */
  readonly strangerTo: (runId: string) => Promise<number>
  /** A pid that nobody has any more. */
  readonly freePid: () => Promise<number>
  /** Ends the run and its shell, without a report; from then on it has another pid on record. */
  readonly kill: (runId: string, recordedPid: number) => Promise<void>
  readonly clean: () => Promise<void>
}

const gone = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
}

const startTicksOf = (pid: number): string => parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.startTicks ?? ''

const nameOf = (pid: number | undefined): string => (pid === undefined ? '' : readFileSync(`/proc/${pid}/comm`, 'utf8').trim())

const place = (): Place => {
  const dataDir = mkdtempSync(join(tmpdir(), 'borg-liveness-'))
  const shells = new Map<string, ChildProcess>()
  const others: ChildProcess[] = []
  const kill = async (runId: string): Promise<void> => {
    const shell = shells.get(runId)
    const identity = readIdentity(runDir(dataDir, runId).pid)
    shells.delete(runId)
    if (shell === undefined || identity === null) return
    shell.kill('SIGKILL')
    process.kill(identity.pid, 'SIGKILL')
    await gone(shell)
    await until(() => sightOf(identity) === 'gone', 'the run is dead')
  }
  const begin = async (): Promise<ChildProcess> => {
    const child = spawn('sleep', ['600'], { stdio: 'ignore' })
    others.push(child)
    await once(child, 'spawn')
    return child
  }
  return {
    dataDir,
    kill: async (runId, recordedPid) => {
      await kill(runId)
      const { pid } = runDir(dataDir, runId)
      const [, ...others] = readFileSync(pid, 'utf8').split('\n')
      writeFileSync(pid, [recordedPid, ...others].join('\n'))
    },
    run: async (runId) => {
      const run = runDir(dataDir, runId)
      mkdirSync(run.path, { recursive: true })
      const launched = { argv: ['sleep', '600'], env: { PATH: process.env['PATH'] ?? '' }, passphrase: null }
      const shell = launch(run, { ...launched, cwd: '/', output: 'apart', sink: null, leftGraceMs: null })
      // The runner lets go of it; here it is waited for.
      shell.ref()
      shells.set(runId, shell)
      // Only then is the run one process: those that wrote its pid down held its lock too.
      await until(() => nameOf(readIdentity(run.pid)?.pid) === 'sleep', 'the run is at work')
    },
    process: async () => (await begin()).pid ?? 0,
    strangerTo: async (runId) => {
      const startTicks = readIdentity(runDir(dataDir, runId).pid)?.startTicks
      for (;;) {
        const { pid = 0 } = await begin()
        if (startTicksOf(pid) !== startTicks) return pid
      }
    },
    freePid: async () => {
      const child = await begin()
      child.kill('SIGKILL')
      await gone(child)
      return child.pid ?? 0
    },
    clean: async () => {
      for (const runId of [...shells.keys()]) await kill(runId)
      for (const other of others) other.kill('SIGKILL')
      await Promise.all(others.map(gone))
      rmSync(dataDir, { recursive: true })
    },
  }
}

const test = suite<{ where: Place }>('liveness')
test.before.each((context) => {
  context.where = place()
})
test.after.each(({ where }) => where.clean())

test('a run whose pid is a stranger’s by now is gone, its lock may be broken, and the stranger lives', async ({ where }) => {
  await where.run('run-1')
  const run = runDir(where.dataDir, 'run-1')
  const stranger = await where.strangerTo('run-1')
  await where.kill('run-1', stranger)
  assert.equal(await tracesOf(run), { report: 'none', liveness: 'gone' })
  assert.is(await sightOfHolder({ dataDir: where.dataDir, hostId }, { hostId, pid: stranger }), 'gone')
  const identity = readIdentity(run.pid)
  assert.ok(identity)
  const ladder = [{ signal: 'SIGKILL', target: 'process', waitMsMax: 0, untilCheckpoint: false }] as const
  const heard: unknown[] = []
  const abandoned = new AbortController().signal
  await climb({ process: identity, ladder, climbed: 0, commits: () => 0, signalled: (rung) => heard.push(rung), abandoned })
  assert.equal(heard, [])
  assert.is(sightOf({ ...identity, startTicks: startTicksOf(stranger) }), 'alive')
})

/** What each must say: a run that lives, one that lives and whose lock file was taken away, one that died. */
const sights: Readonly<Record<Veil, readonly [alive: string, noLock: string, dead: string]>> = {
  'processes whose files may not be read': ['unknown', 'unknown', 'gone'],
  'processes that are hidden': ['unknown', 'unknown', 'gone'],
  'no /proc at all': ['unknown', 'unknown', 'unknown'],
  'another pid namespace': ['unknown', 'unknown', 'unknown'],
}

const asRoot = canHideProcesses ? test : test.skip
for (const veil of Object.keys(veils) as ReadonlyArray<Veil>)
  asRoot(`${veil}: what the kernel’s lock says is believed, and what nothing says is unknown, not gone`, async ({ where }) => {
    const runIds = ['alive', 'no-lock', 'dead']
    await Promise.all(runIds.map(where.run))
    rmSync(runDir(where.dataDir, 'no-lock').lock)
    await where.kill('dead', await where.freePid())
    const looked = await lookBehind(veil, { dataDir: where.dataDir, hostId, runIds, pids: [], repository: where.dataDir })
    assert.equal(looked.runs, {
      alive: { report: 'none', liveness: 'alive' },
      'no-lock': { report: 'none', liveness: 'unknown' },
      dead: { report: 'none', liveness: 'gone' },
    })
    assert.equal(
      runIds.map((id) => looked.sights[id]),
      sights[veil],
    )
  })

/** In another pid namespace the numbers of this one mean nothing, and a call of borg does not outlive its host. */
const sameNumbers = (Object.keys(veils) as ReadonlyArray<Veil>).filter((veil) => veil !== 'another pid namespace')
for (const veil of sameNumbers)
  asRoot(`${veil}: a lock of ours is not broken while its holder has a pid`, async ({ where }) => {
    const [call, free] = await Promise.all([where.process(), where.freePid(), where.run('alive')])
    const alive = readIdentity(runDir(where.dataDir, 'alive').pid)?.pid ?? 0
    const repository = join(where.dataDir, 'repository')
    mkdirSync(repository)
    const shared = [free, call].map((pid) => [hostId, pid, 0])
    writeFileSync(join(repository, 'lock.roster'), JSON.stringify({ shared }))
    const looked = await lookBehind(veil, { dataDir: where.dataDir, hostId, runIds: [], pids: [alive, free, call], repository })
    assert.equal(looked.holders, { [alive]: 'alive', [free]: 'gone', [call]: 'unknown' })
    assert.equal(looked.lock, { outcome: 'refused', holder: `${hostId}, pid ${call} (not to be seen from here)` })
  })

test.run()
