// A host that is stopped from outside and goes on. It starts a job for every line of its input, tells every event and every warning on stdout, a
// line each, and closes in good order when its input ends: schedules off first, every job to its end.
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { borgRunner } from '@borgledger/borg-runner'
import { createBorgledger } from 'borgledger'

const by = { actor: 'user:anna' }
const { dataDir, passphraseFile, silenceMsMax } = JSON.parse(process.argv[2])
const say = (said) => process.stdout.write(`${JSON.stringify(said)}\n`)
const tell = (details, warning) => say({ warning: warning ?? details, details })
const log = { warn: tell, error: tell }
const resolveSecret = () => async () => ({ _tag: 'Right', right: (await readFile(passphraseFile, 'utf8')).trim() })

const runner = borgRunner({ dataDir, hostId: 'stopped@example', resolveSecret, silenceMsMax, log })
const ledger = await createBorgledger({ dataDir, runner, log })
ledger.eventsAfter(ledger.position()).subscribe(({ type, data, at }) => say({ type, data, at }))
for await (const body of createInterface({ input: process.stdin })) must(await ledger.start(JSON.parse(body), by))
for (const { id } of await ledger.schedules()) must(await ledger.changeSchedule(id, { enabled: false }, by))
for (const { id } of must(await ledger.jobs({ limit: 200 })).items) await ledger.job(id).finished()
await ledger.close()

function must(result) {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value
}
