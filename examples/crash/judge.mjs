// What must hold once a crash is over. Every sentence that is returned is something that did not.
import { readFile } from 'node:fs/promises'
import { archivesIn, leftOver } from './place.mjs'

export const terminal = ['JobCompleted', 'JobFailed', 'JobCancelled']

export const troubleAfter = async (place, ledger, jobId) => {
  const trouble = []
  const must = (holds, words) => holds || trouble.push(words)
  const events = await eventsAbout(ledger, jobId)
  const jobIds = [...new Set(events.map(({ data }) => data.jobId))]
  for (const id of jobIds) {
    const ends = events.filter(({ type, data }) => data.jobId === id && terminal.includes(type))
    must(ends.length === 1, `${id} has ${ends.length} terminal events`)
  }
  for (const pid of await leftOver(place)) must(false, `process ${pid} is left over`)
  const archives = await archivesIn(place)
  for (const id of jobIds) {
    const job = (await ledger.job(id).record()).value
    agrees(job, archives, must)
    must(job.error === null || job.error.code === 'interrupted-by-restart', `${id} failed for no crash: ${job.error?.message}`)
  }
  for (const words of await unlikeScripts(place, events)) must(false, words)
  return trouble
}

/** Every script ran as often as the history says, and what was stopped was started again. */
const unlikeScripts = async (place, events) => {
  const jobId = events[0].data.jobId
  const lines = (await readFile(place.scriptsRan, 'utf8').catch(() => '')).split('\n')
  const ran = (id) => lines.filter((line) => line === `${id} ${jobId}`).length
  const begun = (id) => events.filter(({ type, data }) => type === 'RunSpawned' && stepOf(events, data.runId).endsWith(id)).length
  const trouble = ['stop', 'start'].filter((id) => ran(id) > 1 || ran(id) > begun(id)).map((id) => `script ${id} ran ${ran(id)} times`)
  return ran('stop') > 0 && begun('start') === 0 ? [...trouble, 'what was stopped was not started again'] : trouble
}

const stepOf = (events, runId) => events.find(({ type, data }) => type === 'RunPrepared' && data.runId === runId)?.data.step ?? ''

export const eventsAbout = (ledger, jobId) => ledger.events({ tags: [`job:${jobId}`], limit: 200 })

/** The record says of the repository what borg says of it. */
export const agrees = (job, archives, must) => {
  const made = archives.filter(({ jobId }) => jobId === job.id)
  if (job.type === 'backup') {
    must(made.length <= 1, `${made.length} archives of one backup`)
    must(job.effect === (made.length === 1 ? 'complete' : 'none'), `effect ${job.effect} with ${made.length} archives`)
    must(job.state !== 'completed' || made[0]?.name === job.archive, `the archive ${job.archive} is not there`)
  }
  if (job.type === 'prune' && job.state === 'completed') must(archives.length >= 1, 'the prune left no archive')
  must(job.effect !== 'unknown', 'its effect is not known')
}
