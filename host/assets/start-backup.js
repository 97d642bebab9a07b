// The form that asks for a backup.
import { post } from './api.js'
import { part, say } from './element.js'

/** What was backed up last is offered again, unless something was written already. */
export const suggestSources = (jobs) => {
  const sources = part('start-sources')
  const last = jobs.find((job) => job.type === 'backup' && job.repositoryId === part('start-repository').value)
  if (sources.value === '' && last !== undefined) sources.value = last.spec.sources.join('\n')
}

export const startBackup = async (event) => {
  event.preventDefault()
  say('start-error', '')
  const lines = part('start-sources').value.split('\n')
  const sources = lines.map((line) => line.trim()).filter((line) => line !== '')
  try {
    const job = await post('/jobs', { type: 'backup', repositoryId: part('start-repository').value, sources })
    location.hash = job.id
  } catch (cause) {
    say('start-error', cause.message)
  }
}
