/** Parts of sentences that several explanations use. */
import type { Trigger, WaitingReason } from '../job/index.js'

const units: ReadonlyArray<readonly [string, number]> = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
]

/** The two largest units: `2 h 5 min`, `40 s`; what is shorter than a second in ms. */
export const sayDuration = (ms: number): string => {
  let rest = Math.max(0, ms)
  const parts = units.flatMap(([unit, size]) => {
    const count = Math.floor(rest / size)
    rest -= count * size
    return count === 0 ? [] : [`${count} ${unit}`]
  })
  return parts.length === 0 ? `${rest} ms` : parts.slice(0, 2).join(' ')
}

export const between = (from: string, to: string): string => sayDuration(Date.parse(to) - Date.parse(from))

export const listed = (things: ReadonlyArray<string>): string =>
  things.length < 2 ? (things[0] ?? 'nothing') : `${things.slice(0, -1).join(', ')} and ${things.at(-1)}`

/** Up to five of them by name. */
export const some = (things: ReadonlyArray<string>): string =>
  things.length <= 5 ? listed(things) : `${things.slice(0, 5).join(', ')} and ${things.length - 5} more`

/** Who caused it, for a sentence: a person by name, the program as a whole. */
export const by = (actor: string): string => (actor.startsWith('system:') ? 'the ledger itself' : actor)

/** The same at the beginning of a sentence. */
export const whoever = (actor: string): string => (actor.startsWith('system:') ? 'The ledger itself' : actor)

export const askedBy = (trigger: Trigger, actor: string): string => {
  switch (trigger.kind) {
    case 'parent':
      return `as a part of ${trigger.jobId}`
    case 'schedule':
      return `by schedule ${trigger.scheduleId}, due at ${trigger.dueAt}`
    case 'manual':
      return trigger.scheduleId === undefined ? `by ${by(actor)}` : `by ${by(actor)}, who ran schedule ${trigger.scheduleId} now`
  }
}

export const waitsFor = (reason: WaitingReason, jobs: ReadonlyArray<string>): string => {
  const who = jobs.length === 0 ? 'nobody' : some(jobs)
  switch (reason) {
    case 'repository-busy':
      return jobs.length === 0 ? 'its repository is in use' : `its repository is in use by ${who}`
    case 'limit-reached':
      return jobs.length === 0 ? 'the limit for such jobs is 0' : `as many such jobs as may run at once are running: ${who}`
  }
}

export const effectOf = (effect: 'none' | 'partial' | 'complete' | 'unknown' | null): string => {
  switch (effect) {
    case 'none':
      return 'nothing was changed'
    case 'partial':
      return 'a part of it was done'
    case 'complete':
      return 'all of it was done'
    case 'unknown':
    case null:
      return 'what of it was done is unknown'
  }
}
