// Faults around a backup: its sources, its series, its scripts, its connection.
import { mkdirSync, rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { makeRepository } from './scene.mjs'
import { isLocked } from './seen.mjs'

export const aroundIt = [
  {
    fault: 'no source is there',
    expect: { state: 'failed', code: 'source-missing', effect: 'none', rule: 'preflight' },
    make: async (scene) => {
      const repository = await makeRepository(scene, 'no-sources')
      const sources = [scene.at('gone-1'), scene.at('gone-2')]
      const end = await scene.done({ type: 'backup', repositoryId: repository.id, sources })
      return { end, checked: { 'no archive was made': scene.archives(repository).length === 0, ...scene.left(repository) } }
    },
  },
  {
    fault: 'the disk of the sources is gone at the second backup, which prunes',
    expect: { state: 'completed', code: 'suspiciously-small', effect: 'complete', rule: 'archive-made' },
    make: async (scene) => {
      const repository = await makeRepository(scene, 'mounted')
      const disk = scene.disk('photos', '4m')
      const sources = [scene.files('photos', 10, 100_000)]
      const body = { type: 'backup', repositoryId: repository.id, sources, prune: { keep: { last: 1 } }, compact: true }
      const good = await scene.done(body)
      disk === null ? empty(sources[0]) : scene.unmount(disk)
      const end = await scene.done(body)
      const archives = scene.archives(repository)
      return {
        end,
        checked: {
          'the good archive is still there': archives.includes(good.archive),
          'nothing was pruned': end.childJobIds.length === 0,
          ...scene.left(repository),
        },
      }
    },
  },
  {
    fault: 'a prune of home beside home-media-…',
    expect: { state: 'completed', code: null, effect: 'complete', rule: 'pruned-as-planned' },
    make: async (scene) => {
      const repository = await makeRepository(scene, 'family')
      const sources = [scene.files('family-files', 2, 5_000)]
      const made = { home: [], 'home-media': [] }
      for (const series of ['home', 'home-media', 'home-media', 'home']) {
        const { archive } = await scene.done({ type: 'backup', repositoryId: repository.id, sources, series })
        made[series].push(archive)
      }
      const end = await scene.done({ type: 'prune', repositoryId: repository.id, series: 'home', keep: { last: 1 } })
      const archives = scene.archives(repository)
      return {
        end,
        checked: {
          'home has its newest': made.home.map((name) => archives.includes(name)).join() === 'false,true',
          'home-media has all': made['home-media'].every((name) => archives.includes(name)),
          ...scene.left(repository),
        },
      }
    },
  },
  {
    fault: 'a script before the backup forks and hangs',
    expect: { state: 'failed', code: 'script-timeout', effect: 'none', rule: 'pre-script-failed' },
    make: async (scene) => {
      const repository = await makeRepository(scene, 'hooked')
      const marked = { MARK: scene.at('hung') }
      await scene.script({ id: 'hangs', name: 'Hangs', body: 'sleep 600 & sleep 600', timeoutMs: 500, env: marked })
      const scripts = [{ id: 'hangs', phase: 'pre' }]
      const end = await scene.done({ type: 'backup', repositoryId: repository.id, sources: [scene.files('hook', 1, 100)], scripts })
      return { end, checked: { 'no archive was made': scene.archives(repository).length === 0, ...scene.left(repository) } }
    },
  },
]

/** In place of a disk that may not be mounted. */
const empty = (folder) => {
  rmSync(folder, { recursive: true })
  mkdirSync(folder)
}

/** With an sshd of one's own. */
export const onTheWay = (sshd) => [
  {
    fault: 'the ssh server stands still in the middle',
    expect: { state: 'failed', code: 'connection-lost', effect: 'unknown', rule: 'no-archive' },
    make: async (scene) => {
      const there = scene.at('far')
      const repository = await makeRepository(scene, 'far', { location: sshd.location(there) })
      const job = await scene.start({
        type: 'backup',
        repositoryId: repository.id,
        sources: [scene.files('slow', 60, 500_000)],
        options: { uploadRateKiB: 2_000 },
      })
      for await (const { progress } of job.updates()) if ((progress?.files ?? 0) > 0) break
      for (const pid of sshd.sessions()) process.kill(pid, 'SIGSTOP')
      const end = await job.finished()
      const [locked, left] = [isLocked(there), scene.left()]
      for (const pid of sshd.sessions()) process.kill(pid, 'SIGCONT')
      for (let tries = 0; isLocked(there) && tries < 300; tries++) await sleep(50)
      const next = await scene.done({ type: 'backup', repositoryId: repository.id, sources: [scene.files('next', 1, 1_000)] })
      return {
        end,
        checked: {
          'the lock over there was not broken': locked,
          'the error says what to do with it': end.error?.message.includes('borg break-lock') === true,
          'the next backup runs': next.state === 'completed',
          ...left,
        },
      }
    },
  },
]
