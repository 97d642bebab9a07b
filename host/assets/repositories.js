// The repositories and when each was backed up last.
import { element, part } from './element.js'
import { sayInstant, stateOf } from './words.js'

export const showRepositories = (repositories) => {
  const rows = repositories.map((repository) => element('li', {}, row(repository)))
  part('repositories').replaceChildren(...(rows.length > 0 ? rows : [element('li', { class: 'faint row' }, 'None is registered yet.')]))
  offer(repositories)
}

const row = ({ name, location, lastBackup }) =>
  element(
    'div',
    { class: 'row' },
    element('div', { class: 'line' }, element('span', { class: 'name' }, name), last(lastBackup)),
    element('span', { class: 'faint' }, location),
    element('span', { class: 'faint' }, lastBackup === null ? 'never backed up' : `last backup ${sayInstant(lastBackup.finishedAt)}`),
  )

const last = (job) => {
  if (job === null) return null
  const { word, tone } = stateOf(job)
  return element('span', { class: `chip ${tone}` }, word)
}

/** The choice in the form, with what was chosen kept. */
const offer = (repositories) => {
  const select = part('start-repository')
  const chosen = select.value
  select.replaceChildren(...repositories.map(({ id, name }) => element('option', { value: id }, name)))
  if (repositories.some(({ id }) => id === chosen)) select.value = chosen
  part('start').hidden = repositories.length === 0
}
