// What there is: health, repositories, schedules and jobs, asked for together.
import { get } from './api.js'
import { part } from './element.js'
import { showJobs, updateRow } from './job-list.js'
import { followRunning } from './live-jobs.js'
import { showRepositories } from './repositories.js'
import { showSchedules } from './schedules.js'
import { refreshShown, shownId, updateShown } from './shown-job.js'
import { suggestSources } from './start-backup.js'

const listedMax = 200
let listed = 25

export const listMore = () => {
  listed = Math.min(listed * 2, listedMax)
}

export const showHealth = async () => {
  const answer = await fetch('/healthz').catch(() => null)
  const health = answer === null ? { ok: false, problems: ['the ledger cannot be reached'] } : await answer.json()
  part('health').textContent = health.ok ? '● All is well' : `▲ ${health.problems.join('; ')}`
  part('health').className = `health ${health.ok ? 'good' : 'bad'}`
}

export const refresh = async () => {
  const [repositories, schedules, jobs] = await Promise.all([
    get('/repositories?limit=200'),
    get('/schedules?limit=200'),
    get(`/jobs?limit=${listed}`),
    showHealth(),
    refreshShown(),
  ])
  showRepositories(repositories.items)
  showSchedules(schedules.items)
  showJobs(jobs.items, jobs.nextCursor)
  suggestSources(jobs.items)
  followRunning(jobs.items, shownId(), (job) => {
    updateRow(job)
    updateShown(job)
  })
}
