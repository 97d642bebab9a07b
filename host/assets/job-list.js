// The jobs, newest first. A row stays the same element while its job changes, so that nobody loses their place.
import { chip, progressOf } from './chip.js'
import { element, part } from './element.js'
import { isOver, sayDuration, sayInstant, titleOf } from './words.js'

const rows = new Map()

const rowOf = (id) => {
  const known = rows.get(id)
  if (known !== undefined) return known
  const link = element('a', { class: 'row', href: `#${id}` })
  const made = { link, item: element('li', {}, link) }
  rows.set(id, made)
  return made
}

export const showJobs = (jobs, nextCursor) => {
  const items = jobs.map((job) => {
    updateRow(job)
    return rowOf(job.id).item
  })
  part('jobs').replaceChildren(...(items.length > 0 ? items : [element('li', { class: 'faint row' }, 'Nothing has run yet.')]))
  part('more-jobs').hidden = nextCursor === null
}

export const updateRow = (job) => {
  const head = element('div', { class: 'line' }, element('span', { class: 'name' }, titleOf(job)), chip(job))
  rowOf(job.id).link.replaceChildren(head, element('span', { class: 'faint' }, when(job)), ...progressOf(job))
}

export const markShown = (id) => {
  for (const [jobId, { link }] of rows) link.setAttribute('aria-current', String(jobId === id))
}

const when = (job) => {
  if (job.state === 'pending')
    return job.waitingFor === null ? 'waits' : `waits for ${job.waitingFor.jobs.join(', ')} (${job.waitingFor.reason})`
  const began = sayInstant(job.startedAt ?? job.createdAt)
  return isOver(job) && job.startedAt !== null ? `${began}, took ${sayDuration(job.startedAt, job.finishedAt)}` : began
}
