// Faults of the repository: damage, a wrong passphrase, no space, a lock of somebody else, an archive that is not there.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeRepository } from './scene.mjs'
import { damage, isLocked } from './seen.mjs'

export const inTheRepository = [
  {
    fault: 'a byte changed in a segment',
    expect: { state: 'failed', code: 'integrity', effect: 'none', rule: 'damage-found' },
    make: async (scene) => {
      const repository = await makeRepository(scene, 'damaged')
      await scene.done({ type: 'backup', repositoryId: repository.id, sources: [scene.files('some', 5, 50_000)] })
      damage(repository)
      const end = await scene.done({ type: 'check', repositoryId: repository.id, mode: 'full' })
      return { end, checked: { 'the archive is still listed': scene.archives(repository).length === 1, ...scene.left(repository) } }
    },
  },
  {
    fault: 'an archive to delete that is not there',
    expect: { state: 'failed', code: 'archive-not-found', effect: 'none', rule: 'no-such-archive' },
    make: async (scene) => {
      const repository = await makeRepository(scene, 'other-archive')
      const { archive } = await scene.done({ type: 'backup', repositoryId: repository.id, sources: [scene.files('few', 2, 5_000)] })
      const end = await scene.done({ type: 'archive-delete', repositoryId: repository.id, archive: 'no-such' })
      return { end, checked: { 'the other archive is there': scene.archives(repository).join() === archive, ...scene.left(repository) } }
    },
  },
  {
    fault: 'a wrong passphrase',
    expect: { state: 'failed', code: 'passphrase-wrong', effect: 'none', rule: 'no-archive' },
    make: async (scene) => {
      const file = scene.at('passphrase')
      writeFileSync(file, 'right\n', { mode: 0o600 })
      const repository = await makeRepository(scene, 'secret', { passphrase: { file }, create: { encryption: 'repokey-blake2' } })
      writeFileSync(file, 'wrong\n')
      const end = await scene.done({ type: 'backup', repositoryId: repository.id, sources: [scene.files('hidden', 2, 5_000)] })
      return { end, checked: scene.left(repository) }
    },
  },
  {
    fault: 'a full disk below the repository',
    expect: { state: 'failed', code: 'no-space', effect: 'none', rule: 'no-archive' },
    make: async (scene) => {
      const disk = scene.disk('small-disk', '6m')
      const repository = await makeRepository(scene, 'full', disk === null ? {} : { location: join(disk, 'repository') })
      if (disk === null) limit(repository)
      const end = await scene.done({ type: 'backup', repositoryId: repository.id, sources: [scene.files('much', 12, 1_000_000)] })
      const check = await scene.done({ type: 'check', repositoryId: repository.id, mode: 'full' })
      const ran = (await scene.runEnds(end.id)).length
      return {
        end,
        checked: { 'it was not tried again': ran === 1, 'a check finds nothing': check.state === 'completed', ...scene.left(repository) },
      }
    },
  },
  {
    fault: 'a lock of another host; cancelled while it waits',
    expect: { state: 'cancelled', code: null, effect: 'none', rule: 'cancelled-between-attempts' },
    make: async (scene) => {
      const repository = await makeRepository(scene, 'locked')
      mkdirSync(join(repository.location, 'lock.exclusive'))
      writeFileSync(join(repository.location, 'lock.exclusive', 'elsewhere.example@52230046331.4711-0'), '')
      const job = await scene.start({ type: 'compact', repositoryId: repository.id })
      const [ended] = await firstEnds(scene, job.id)
      await scene.cancel(job, false)
      const end = await job.finished()
      const named = ended.evidence.lock?.holder ?? ''
      return {
        end,
        checked: {
          'its holder is named': named.includes('elsewhere.example@52230046331, pid 4711'),
          'it would have been tried again': ended.retryAfterMs !== null,
          'the lock is still theirs': isLocked(repository.location),
          ...scene.left(),
        },
      }
    },
  },
]

/** Borg's own limit, where no small disk may be mounted. */
const limit = ({ location }) => {
  const config = join(location, 'config')
  writeFileSync(config, readFileSync(config, 'utf8').replace(/^storage_quota = .*$/m, 'storage_quota = 3000000'))
}

/** The ends of the job's runs, once there is one. */
const firstEnds = async ({ ledger, runEnds }, jobId) => {
  for await (const _ of ledger.job(jobId).updates()) {
    const ends = await runEnds(jobId)
    if (ends.length > 0) return ends
  }
  throw new Error(`${jobId} is over without a run`)
}
