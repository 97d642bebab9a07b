// The schedules: when each is due next, what became of it last, and its job by hand.
import { post } from './api.js'
import { element, part, say } from './element.js'
import { sayInstant } from './words.js'

export const showSchedules = (schedules) => {
  part('schedules-card').hidden = schedules.length === 0
  part('schedules').replaceChildren(...schedules.map((schedule) => element('li', {}, row(schedule))))
}

const row = (schedule) =>
  element(
    'div',
    { class: 'row' },
    element('div', { class: 'line' }, element('span', { class: 'name' }, schedule.name), lastOf(schedule)),
    element('span', { class: 'faint' }, `${schedule.job.type} · ${schedule.cron} · ${schedule.timeZone}`),
    element('span', { class: 'faint' }, nextOf(schedule)),
    element('div', { class: 'line' }, element('button', { type: 'button', class: 'quiet', onclick: () => run(schedule.id) }, 'Run now')),
  )

const nextOf = ({ enabled, nextDueAt }) => {
  if (!enabled) return 'disabled'
  return nextDueAt === null ? 'never due again' : `next ${sayInstant(nextDueAt)}`
}

const tones = { fired: 'good', failed: 'bad', skipped: 'warn', queued: 'busy' }

/** What became of the last due instant; a fired one leads to its job. */
const lastOf = ({ lastTick }) => {
  if (lastTick === null) return null
  const { outcome, reason, jobId, dueAt } = lastTick
  const text = reason === undefined ? outcome : `${outcome}: ${reason}`
  const shown = { class: `chip ${tones[outcome]}`, title: `due ${sayInstant(dueAt)}` }
  return jobId === undefined ? element('span', shown, text) : element('a', { ...shown, href: `#${jobId}` }, text)
}

const run = async (id) => {
  say('schedules-error', '')
  try {
    const job = await post(`/schedules/${id}/run`)
    location.hash = job.id
  } catch (cause) {
    say('schedules-error', cause.message)
  }
}
