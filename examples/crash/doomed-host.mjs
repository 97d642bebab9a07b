// A host that is killed: it starts one job and, after so many events about it and so many milliseconds more, sends SIGKILL to itself.
// Its parent reads the events, a line each. With `stopAtSpawn` it stops itself at the first process of the job instead, for its parent to kill.
import { createBorgledger } from 'borgledger'

const { dataDir, body, killAfter, delayMs, stopAtSpawn } = JSON.parse(process.argv[2])
const ledger = await createBorgledger({ dataDir })
let jobId = null
let count = 0
const hear = ({ type, data }) => {
  if (jobId === null ? type !== 'JobRequested' : data.jobId !== jobId && !data.jobId?.startsWith(`${jobId}-`)) return
  jobId ??= data.jobId
  count++
  process.stdout.write(`${JSON.stringify({ type, jobId: data.jobId, runId: data.runId })}\n`)
  if (stopAtSpawn && type === 'RunSpawned') process.kill(process.pid, 'SIGSTOP')
  if (count === killAfter) die()
}
const die = () => (delayMs === 0 ? process.kill(process.pid, 'SIGKILL') : setTimeout(() => process.kill(process.pid, 'SIGKILL'), delayMs))

ledger.events$.subscribe(hear)
const started = await ledger.start(body, { actor: 'user:anna' })
if (!started.ok) throw new Error(`${started.error.code}: ${started.error.message}`)
await started.value.finished()
process.kill(process.pid, 'SIGKILL')
