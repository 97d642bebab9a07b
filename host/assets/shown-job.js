// The job that is shown: the one named behind the # of the address.
import { get, post, stream } from './api.js'
import { element, part } from './element.js'
import { openDetail, saySilence, showDetail, showEvents, showLog, showLogEnd } from './job-detail.js'
import { markShown } from './job-list.js'

let shown = null

export const shownId = () => location.hash.slice(1)

export const closeShown = () => {
  shown?.controller.abort()
  shown = null
  part('job').hidden = true
}

/** Opens what the address names, or closes the view. */
export const openShown = async () => {
  closeShown()
  const id = shownId()
  markShown(id)
  if (id === '') return
  shown = { id, controller: new AbortController() }
  openDetail({ onCancel: () => askToCancel(id), onClose: () => (location.hash = '') })
  const { signal } = shown.controller
  const hear = ({ event, data }) => signal.aborted || (event === 'log' ? showLog(data) : showLogEnd(data))
  stream(`/jobs/${id}/log/stream`, hear, signal).catch((cause) => signal.aborted || saySilence(cause.message))
  await refreshShown()
  part('job').scrollIntoView({ block: 'nearest' })
}

/** Asks for the record and the events anew; does nothing when no job is shown. */
export const refreshShown = async () => {
  const id = shownId()
  if (id === '') return
  try {
    const [job, { items }] = await Promise.all([get(`/jobs/${id}`), get(`/jobs/${id}/events`)])
    if (id !== shownId()) return
    showDetail(job)
    showEvents(items)
  } catch (cause) {
    part('job').replaceChildren(
      element('h2', { id: 'job-title' }, 'This job cannot be shown'),
      element('p', { class: 'note warn' }, cause.message),
    )
  }
}

export const updateShown = (job) => job.id === shownId() && showDetail(job)

const askToCancel = (id) => {
  const dialog = part('cancel')
  dialog.addEventListener('close', () => dialog.returnValue === 'stop' && cancel(id), { once: true })
  dialog.returnValue = 'keep'
  dialog.showModal()
}

/** A refusal is said where the job's troubles are. */
const cancel = async (id) => {
  try {
    showDetail(await post(`/jobs/${id}/cancel`, { reason: part('cancel-reason').value }))
  } catch (cause) {
    part('job').firstElementChild.append(element('p', { class: 'note bad', role: 'alert' }, cause.message))
  }
}
