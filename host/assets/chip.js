// A job's state as a small coloured word, and its progress where there is one.
import { element } from './element.js'
import { isOver, sayProgress, stateOf } from './words.js'

export const chip = (job) => {
  const { word, tone } = stateOf(job)
  return element('span', { class: `chip ${tone}` }, word)
}

/** The bar knows no percentage while borg does not: then it only shows that something goes on. */
export const progressOf = (job) => {
  if (isOver(job) || job.state === 'pending') return []
  const percent = job.progress?.percent ?? null
  const bar = element('progress', { max: '100', 'aria-label': 'progress', ...(percent === null ? {} : { value: String(percent) }) })
  return [bar, element('span', { class: 'faint' }, job.progress === null ? 'starting' : sayProgress(job.progress))]
}
