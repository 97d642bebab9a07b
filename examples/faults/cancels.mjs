// Each type of job, cancelled in the middle: what it had done by then is what the repository shows, and nothing of it is left.
import { makeRepository } from './scene.mjs'

/** One that is already at its end when the cancel comes may well complete; then its effect must be complete. */
const orDone = { state: ['cancelled', 'completed'], code: null, rule: ['cancelled', 'pruned-as-planned', 'archive-gone', 'compacted'] }

/** Made at the first cancel and used by all: enough to be busy with for a while. */
const heavy = async (scene) => {
  scene.heavy ??= (async () => {
    const repository = await makeRepository(scene, 'heavy')
    const sources = [scene.files('heavy-files', 250, 1_000_000)]
    const { archive } = await scene.done({ type: 'backup', repositoryId: repository.id, sources })
    return { repository, archive, sources }
  })()
  return scene.heavy
}

/** Cancels once it is at work: progress is told, or, `begun`, its process is there. */
const cancelled = async (scene, body, { force = false, begun = false } = {}) => {
  const job = await scene.start(body)
  for await (const { state, progress, steps } of job.updates()) {
    const step = steps.findLast(({ name }) => name !== 'plan')
    if ((begun ? step !== undefined : progress !== null) || !['pending', 'running'].includes(state)) break
  }
  await scene.cancel(job, force)
  return job.finished()
}

const reading = (type, body) => ({
  fault: `cancelled in the middle: ${type}`,
  expect: { state: 'cancelled', code: null, rule: 'cancelled' },
  make: async (scene) => {
    const { repository, archive } = await heavy(scene)
    const end = await cancelled(scene, { type, repositoryId: repository.id, ...body(scene, archive) })
    return { end, checked: { 'the archive is still listed': scene.archives(repository).includes(archive), ...scene.left(repository) } }
  },
})

/** Five small archives in a repository of its own. */
const withArchives = async (scene, id) => {
  const repository = await makeRepository(scene, id)
  const sources = [scene.files(`${id}-files`, 20, 5_000)]
  for (let index = 0; index < 4; index++) {
    const { state, error } = await scene.done({
      type: 'backup',
      repositoryId: repository.id,
      sources,
      archiveName: `${id}-{time}-${index}`,
    })
    if (state !== 'completed') throw new Error(error?.message)
  }
  return repository
}

/** `due`: which of the archives it was to delete. */
const deleting = (type, body, due) => ({
  fault: `cancelled by force: ${type}`,
  expect: orDone,
  make: async (scene) => {
    const repository = await withArchives(scene, type)
    const before = scene.archives(repository)
    const end = await cancelled(scene, { type, repositoryId: repository.id, ...body(before) }, { force: true, begun: true })
    const gone = due(before).filter((name) => !scene.archives(repository).includes(name)).length
    const effect = gone === 0 ? 'none' : gone < due(before).length ? 'partial' : 'complete'
    return { end, checked: { 'its effect is what the list shows': effect === end.effect, ...scene.left(repository) } }
  },
})

export const cancels = [
  {
    fault: 'cancelled in the middle: backup',
    expect: { state: 'cancelled', code: null, effect: 'none', rule: 'cancelled' },
    make: async (scene) => {
      const repository = await makeRepository(scene, 'halfway')
      const body = {
        type: 'backup',
        repositoryId: repository.id,
        sources: [scene.files('slow-files', 40, 1_000_000)],
        compression: 'lzma,9',
      }
      const end = await cancelled(scene, body)
      return { end, checked: { 'no archive was made': scene.archives(repository).length === 0, ...scene.left(repository) } }
    },
  },
  reading('restore', (scene, archive) => ({ archive, destination: { path: scene.at('restored') } })),
  reading('check', () => ({ mode: 'full', verifyData: true })),
  reading('restore-check', () => ({ archive: 'latest', mode: 'extract' })),
  deleting(
    'archive-delete',
    ([oldest]) => ({ archive: oldest }),
    (before) => before.slice(0, 1),
  ),
  deleting(
    'prune',
    () => ({ allArchives: true, keep: { last: 1 } }),
    (before) => before.slice(0, -1),
  ),
  {
    fault: 'cancelled by force: compact',
    expect: orDone,
    make: async (scene) => {
      const { repository, archive } = await heavy(scene)
      await scene.done({ type: 'archive-delete', repositoryId: repository.id, archive })
      const end = await cancelled(scene, { type: 'compact', repositoryId: repository.id, threshold: 0 }, { force: true, begun: true })
      const check = await scene.done({ type: 'check', repositoryId: repository.id, mode: 'repository' })
      return { end, checked: { 'a check finds nothing': check.state === 'completed', ...scene.left(repository) } }
    },
  },
  {
    fault: 'cancelled by force: package-install',
    expect: { state: 'cancelled', code: null, rule: 'cancelled' },
    make: async (scene) => {
      scene.program('apt-get', 'sleep 600')
      const end = await cancelled(scene, { type: 'package-install', package: 'hostname' }, { force: true, begun: true })
      return { end, checked: scene.left() }
    },
  },
]
