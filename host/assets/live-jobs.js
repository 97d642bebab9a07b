// Follows running jobs, each by a stream of its own. A browser keeps six connections to one place, so only a few are followed at a time.
import { stream } from './api.js'

const followedMax = 3
const followed = new Map()

/** Follows the jobs that run, the shown one first; lets go of the others. */
export const followRunning = (jobs, shownId, hear) => {
  const running = jobs.filter(({ state }) => state === 'running').sort((a, b) => Number(b.id === shownId) - Number(a.id === shownId))
  const wanted = new Set(running.slice(0, followedMax).map(({ id }) => id))
  for (const [id, controller] of followed) if (!wanted.has(id)) controller.abort()
  for (const id of wanted) if (!followed.has(id)) follow(id, hear)
}

const follow = (id, hear) => {
  const controller = new AbortController()
  followed.set(id, controller)
  stream(`/jobs/${id}/stream`, ({ event, data }) => event === 'job' && hear(JSON.parse(data)), controller.signal)
    .catch(() => undefined)
    .finally(() => followed.delete(id))
}

export const stopFollowing = () => {
  for (const controller of followed.values()) controller.abort()
}
