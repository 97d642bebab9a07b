/**
 * A year of a hundred schedules in five time zones, with hosts that end and come again, a machine that sleeps for a day, clocks that are set, and
 * schedules that are changed: every due instant has one outcome, and none fires twice. The rules and the scheduler are the real ones.
 *
 * Run: npx tsx --conditions=@borgledger/source bench/schedules.ts [days, 365] [seed]
 */
import { addSchedule, everyDueInstantHasOneOutcome, workOf } from '@borgledger/testkit'
import { dayMs, hourMs, type World, world } from './schedules/world.js'

const [days = '365', seed = '20260101'] = process.argv.slice(2)

/** Numbers from 0 to 1, the same ones for the same seed (mulberry32). */
const randomOf = (from: number): (() => number) => {
  let state = from
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
const random = randomOf(Number(seed))
const oneOf = <A>(values: ReadonlyArray<A>): A => values[Math.floor(random() * values.length)] as A

const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'America/Santiago', 'Asia/Kolkata']
const crons = ['30 2 * * *', '15 1 * * *', '0 0 * * *', '0 3 * * 1-5', '30 4 * * 0', '0 5 1 * *', '0 */6 * * *', '20 * * * *']
const repositoryIds = Array.from({ length: 20 }, (_, index) => `repository-${index}`)

const addSchedules = ({ submit }: World): void => {
  for (let index = 0; index < 100; index += 1) {
    const work = oneOf([workOf('backup'), workOf('backup'), workOf('check'), workOf('compact')])
    // One in twenty is due every hour; most are due once a day.
    const cron = index % 20 === 0 ? '20 * * * *' : oneOf(crons.slice(0, -1))
    submit(
      addSchedule(`schedule-${index}`, {
        cron,
        timeZone: zones[index % zones.length] ?? 'UTC',
        job: { work, repositoryId: oneOf(repositoryIds) },
        overlap: oneOf(['skip', 'skip', 'queue-one', 'allow']),
        missed: oneOf(['once', 'once', 'skip', 'all']),
        windowMs: oneOf([null, null, hourMs, 3 * dayMs]),
      }),
    )
  }
}

/** What happens beside the passing of time, and how often it did. */
const disturbances: Readonly<Record<string, (ledger: World) => Promise<void>>> = {
  'the host ended and came again': async (ledger) => {
    await ledger.stopHost()
    await ledger.pass(random() * 30 * hourMs)
    await ledger.startHost()
  },
  'the machine slept for a day': async ({ clock }) => clock.set(dayMs),
  'the clock went an hour on and back': async ({ clock, pass }) => {
    clock.set(hourMs)
    await pass(10 * 60_000)
    clock.set(-hourMs)
  },
  'the clock went a day back and on': async ({ clock, pass }) => {
    clock.set(-dayMs)
    await pass(2 * hourMs)
    clock.set(dayMs)
  },
  'a schedule was changed': async ({ change }) => {
    for (let changes = 0; changes < 5; changes += 1)
      change(`schedule-${Math.floor(random() * 100)}`, { cron: oneOf(crons.slice(0, -1)), enabled: random() > 0.2, timeZone: oneOf(zones) })
  },
  'a repository was gone for a day': async ({ submit, pass }) => {
    const repositoryId = oneOf(repositoryIds)
    submit({ type: 'RemoveRepository', repositoryId })
    await pass(dayMs)
    const access = { location: `/backups/${repositoryId}`, passphrase: null, executable: null }
    submit({ type: 'RegisterRepository', repositoryId, name: repositoryId, access, borgId: null, created: false })
  },
}

const begunMs = performance.now()
const ledger = world('2026-01-01T00:00:00.000Z', repositoryIds, random)
const endMs = Date.parse(ledger.clock.now()) + Number(days) * dayMs
const counts = new Map<string, number>()
await ledger.startHost()
addSchedules(ledger)
while (Date.parse(ledger.clock.now()) < endMs) {
  await ledger.pass(random() * 4 * dayMs)
  const [what, disturb] = oneOf(Object.entries(disturbances))
  counts.set(what, (counts.get(what) ?? 0) + 1)
  await disturb(ledger)
}
await ledger.stopHost()

const { due, fired, skipped, failed, open } = everyDueInstantHasOneOutcome(ledger.history, ledger.state().schedules)
for (const [what, count] of counts) console.log(`${String(count).padStart(6)} × ${what}`)
console.log(`${String(due).padStart(6)} due instants of 100 schedules up to ${ledger.clock.now()}, seed ${seed}`)
console.log(`       ${fired} fired, ${skipped} skipped, ${failed} failed, ${open} open; ${ledger.jobsMade()} jobs`)
console.log(`every due instant has one outcome, and none fired twice (${((performance.now() - begunMs) / 1_000).toFixed(1)} s)`)
if (fired !== ledger.jobsMade() || due !== fired + skipped + failed + open) throw new Error('the counts do not add up')
