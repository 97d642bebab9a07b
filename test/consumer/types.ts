/** Compiles against the installed declarations: what an editor would show to somebody who installed the library. */
import { decide, initialState } from '@borgledger/domain'
import { type Borgledger, createBorgledger, type Job } from 'borgledger'

const statesOf = async (ledger: Borgledger): Promise<ReadonlyArray<Job['state']>> => {
  const jobs = await ledger.jobs({ state: 'running' })
  return jobs.ok ? jobs.value.items.map(({ state }) => state) : []
}

const refused = decide({ type: 'DeleteJobEntry', jobId: 'job_1' }, initialState, { at: '2026-11-03T02:13:00.000Z', actor: 'user:anna' })

export const program = async (): Promise<void> => {
  const ledger = await createBorgledger({ dataDir: './data' })
  console.log(await statesOf(ledger), refused._tag)
}
