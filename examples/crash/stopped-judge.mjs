// What must hold once a stopped host went on. Every sentence that is returned is something that did not.
import { createBorgledger } from 'borgledger'
import { countsBetween, troubleOfInstants } from './instants.mjs'
import { agrees, terminal } from './judge.mjs'
import { archivesIn, leftOver } from './place.mjs'

/** What must not be recorded, for nothing of it was so. */
const falseAlarms = ['JobRecovered', 'JobLookedAt', 'RunStalled', 'JobFailed', 'JobCancelled', 'LateReportObserved']

/** `places`: one for each repository. `policies`: the schedules. `stopped`: from when to when. */
export const troubleAfterStop = async (places, { policies, everyMs, stopped }) => {
  const [{ dataDir }] = places
  const trouble = []
  const ledger = await createBorgledger({ dataDir, runsJobs: false })
  try {
    const verdict = await ledger.verify()
    console.log(verdict.ok ? `history verified: ${verdict.events} events` : `history NOT whole: ${verdict.divergence.what}`)
    if (!verdict.ok) trouble.push('the history does not verify')
    const events = await everything(ledger)
    for (const { type, data } of events.filter(({ type }) => falseAlarms.includes(type))) trouble.push(`${type} ${JSON.stringify(data)}`)
    for (const missed of policies) {
      const own = events.filter(({ data }) => data.scheduleId === missed)
      trouble.push(...troubleOfInstants(missed, own, everyMs))
      console.log(`missed: ${missed.padEnd(6)} due in the stopped time: ${countsBetween(own, everyMs, stopped)}`)
    }
    for (const place of places) trouble.push(...(await troubleOfJobs(ledger, place, events)))
  } finally {
    await ledger.close()
  }
  for (const pid of await leftOver(places[0])) trouble.push(`process ${pid} is left over`)
  return trouble
}

const troubleOfJobs = async (ledger, place, events) => {
  const trouble = []
  const jobs = (await ledger.jobs({ repositoryId: place.id, limit: 200 })).value.items
  const archives = await archivesIn(place)
  for (const job of jobs) {
    const ends = events.filter(({ type, data }) => data.jobId === job.id && terminal.includes(type))
    if (ends.length !== 1) trouble.push(`${job.id} has ${ends.length} terminal events`)
    if (job.state !== 'completed' || job.outcome !== 'success') trouble.push(`${job.id} is ${job.state} ${job.outcome}`)
    agrees(job, archives, (holds, words) => holds || trouble.push(`${job.id}: ${words}`))
  }
  console.log(`repository ${place.id.padEnd(6)} ${jobs.length} jobs, ${archives.length} archives`)
  return trouble
}

const everything = async (ledger) => {
  const events = []
  for (let after = 0; after < ledger.position(); after = events.at(-1).position)
    events.push(...(await ledger.events({ after, limit: 200 })))
  return events
}
