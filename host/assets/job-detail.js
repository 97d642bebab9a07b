// One job: how it stands, its steps, what was wrong, its events and its log. Each part is its own element, replaced when it changes.
import { chip, progressOf } from './chip.js'
import { element, part } from './element.js'
import { isOver, sayDuration, sayEvent, sayInstant, sayLog, sayProgress, sayTime, titleOf } from './words.js'

const log = element('pre', { tabindex: '0', 'aria-label': 'log of the job' })
const events = element('ol', { class: 'events', tabindex: '0', 'aria-label': 'events of the job' })
const head = element('div', {})

/** Opens the view; `onCancel` and `onClose` are called from its buttons. */
export const openDetail = ({ onCancel, onClose }) => {
  log.textContent = ''
  events.replaceChildren()
  head.replaceChildren()
  const buttons = element(
    'div',
    { class: 'buttons' },
    element('button', { type: 'button', class: 'quiet', onclick: onClose }, 'Close'),
    element('button', { type: 'button', class: 'danger', id: 'cancel-button', onclick: onCancel, hidden: true }, 'Stop this job'),
  )
  part('job').replaceChildren(head, buttons, element('h3', {}, 'Log'), log, element('h3', {}, 'Events'), events)
  part('job').hidden = false
}

export const showDetail = (job) => {
  const title = element('h2', { id: 'job-title' }, titleOf(job))
  head.replaceChildren(element('div', { class: 'line' }, title, chip(job)), ...progressOf(job), ...troubles(job), facts(job))
  part('cancel-button').hidden = isOver(job) || job.cancel !== null
}

/** Stays at the end while the reader is there, and where the reader is otherwise. */
export const showLog = (text) => {
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 8
  log.append(`${text}\n`)
  if (atEnd) log.scrollTop = log.scrollHeight
}

const logEnds = { 'log-removed': '[the log was removed]', 'entry-deleted': '[the entry of this job was deleted]' }

/** Nothing more is to be said of one that was told to its end. */
export const showLogEnd = (reason) => logEnds[reason] === undefined || showLog(logEnds[reason])

export const saySilence = (text) => {
  log.textContent = text
}

export const showEvents = (items) => events.replaceChildren(...items.map(eventLine))

const eventLine = ({ position, type, at, actor }) =>
  element(
    'li',
    {},
    element('span', { class: 'position' }, String(position)),
    element('time', { datetime: at, title: at }, sayTime(at)),
    element('span', { class: 'name' }, sayEvent(type)),
    element('span', { class: 'faint' }, actor),
  )

const troubles = ({ error, warnings, cancel, state }) => [
  ...(error === null ? [] : [element('p', { class: 'note bad' }, `${error.code}: ${error.message}`)]),
  ...warnings.map(({ code, message, count }) =>
    element('p', { class: 'note warn' }, `${code}: ${message}${count > 1 ? ` (${count} times)` : ''}`),
  ),
  ...(cancel === null ? [] : [element('p', { class: 'note warn' }, sayCancel(cancel, state))]),
]

const sayCancel = ({ requestedBy, reason }, state) => `${state === 'running' ? 'Stopping' : 'Asked to stop'}, by ${requestedBy}: ${reason}`

const facts = (job) => {
  const known = [
    ['Asked for', `${sayInstant(job.createdAt)} by ${job.requestedBy}`],
    ['Took', job.startedAt !== null && job.finishedAt !== null ? sayDuration(job.startedAt, job.finishedAt) : null],
    ['Sources', job.spec.sources?.join(', ') ?? null],
    ['Archive', job.archive],
    ['Amount', isOver(job) && job.progress !== null ? sayProgress(job.progress) : null],
    ['Effect', job.effect],
    ['Log', sayLog(job)],
    ...job.steps.map(({ name, state }) => [`Step ${name}`, state]),
    ['Id', job.id],
  ]
  const rows = known.filter(([, value]) => value !== null && value !== '')
  return element('dl', {}, ...rows.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]))
}
