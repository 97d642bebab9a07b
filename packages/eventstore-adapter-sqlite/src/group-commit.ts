/**
 * The queue in front of the write lock: what arrives while one transaction is under way goes down together in the next.
 *
 * A locked file is tried again without holding the event loop; each append waits at most `busyWaitMsMax` and is then answered `Busy`.
 */
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises'
import * as E from 'fp-ts/lib/Either.js'
import { pauseMs } from './driver/index.js'
import type { Lane } from './lane.js'
import type { Draft } from './log-writer.js'
import type { Answer, BatchOutcome } from './write-batch.js'

interface Waiting {
  readonly draft: Draft
  readonly characters: number
  readonly sinceMs: number
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: unknown) => void
}

export interface GroupCommit {
  readonly lane: Lane
  readonly write: (drafts: ReadonlyArray<Draft>) => BatchOutcome
  readonly busyWaitMsMax: number
}

const batchEventsMax = 1_000
const batchCharactersMax = 1024 * 1024

export const createGroupCommit = ({ lane, write, busyWaitMsMax }: GroupCommit): ((draft: Draft) => Promise<Answer>) => {
  let queue: Waiting[] = []
  let draining = false

  const expire = (): void => {
    const now = performance.now()
    const late = queue.filter(({ sinceMs }) => now - sinceMs >= busyWaitMsMax)
    for (const { resolve, sinceMs } of late) resolve(E.left({ tag: 'Busy', waitedMs: Math.round(now - sinceMs) }))
    if (late.length > 0) queue = queue.filter((waiting) => !late.includes(waiting))
  }
  const drain = async (): Promise<void> => {
    let tries = 0
    while (queue.length > 0) {
      // Whoever was woken by the last batch gets into this one.
      await nextTurn()
      const batch = firstBatch(queue)
      const outcome = attempt(write, batch)
      if (outcome.tag === 'Busy') {
        expire()
        await delay(pauseMs((tries += 1)))
        continue
      }
      tries = 0
      queue = queue.slice(batch.length)
      settle(batch, outcome)
    }
    draining = false
  }
  return (draft) =>
    new Promise((resolve, reject) => {
      queue.push({ draft, characters: charactersOf(draft), sinceMs: performance.now(), resolve, reject })
      if (draining) return
      draining = true
      void lane(drain)
    })
}

const charactersOf = ({ commit }: Draft): number => commit.events.reduce((sum, { data }) => sum + data.length, commit.command.length)

const firstBatch = (queue: ReadonlyArray<Waiting>): ReadonlyArray<Waiting> => {
  let [events, characters] = [0, 0]
  const full = queue.findIndex((waiting) => {
    events += waiting.draft.commit.events.length
    characters += waiting.characters
    return events > batchEventsMax || characters > batchCharactersMax
  })
  return full < 0 ? queue : queue.slice(0, Math.max(1, full))
}

type Attempted = BatchOutcome | { readonly tag: 'Bug'; readonly error: unknown }

const attempt = (write: GroupCommit['write'], batch: ReadonlyArray<Waiting>): Attempted => {
  try {
    return write(batch.map(({ draft }) => draft))
  } catch (error) {
    return { tag: 'Bug', error }
  }
}

const settle = (batch: ReadonlyArray<Waiting>, outcome: Exclude<Attempted, { tag: 'Busy' }>): void => {
  for (const [index, { draft, resolve, reject }] of batch.entries()) {
    if (outcome.tag === 'Bug') reject(outcome.error)
    else if (outcome.tag === 'Failed') resolve(E.left(outcome.answer(draft.commit.commitId)))
    else {
      const answer = outcome.answers[index]
      if (answer === undefined) reject(new Error('a batch answered for fewer commits than it was given'))
      else resolve(answer)
    }
  }
}
