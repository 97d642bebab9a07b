/**
 * Keeps the read models at the head of the log: a wake-up and a timer feed one serial loop, so a missed wake-up costs seconds, not an event.
 *
 * A projection that throws is parked and shown as unwell; jobs go on, and `rebuild` makes the tables anew. What only lacks space or a lock is
 * tried again at every wake-up.
 */
import type { EventStore, Position } from '@borgledger/eventstore'
import * as E from 'fp-ts/lib/Either.js'
import { BehaviorSubject, filter, firstValueFrom, type Observable } from 'rxjs'
import { decodePage } from '../feed/decode.js'
import type { Clock } from '../ports/clock.js'
import type { ProjectionFailed, ReadModels } from '../ports/read-models.js'

const wakeMsMax = 5_000

export interface ProjectorState {
  /** The tables hold every event up to here. */
  readonly position: Position
  readonly parked: ProjectionFailed | null
}

export interface Projector {
  readonly state$: Observable<ProjectorState>
  readonly state: () => ProjectorState
  readonly wake: () => void
  /** Resolves once the tables hold `position`, or when they are parked and a further attempt, where one makes sense, was in vain too. */
  readonly reached: (position: Position) => Promise<void>
  /** Empties the tables and folds the whole log into them; `onProgress` hears of every page. */
  readonly rebuild: (onProgress?: (position: Position) => void) => Promise<void>
  readonly close: () => Promise<void>
}

interface Loop {
  readonly store: EventStore
  readonly readModels: ReadModels
  readonly state$: BehaviorSubject<ProjectorState>
  awake: boolean
  closed: boolean
  working: Promise<void>
}

export const createProjector = async (deps: { store: EventStore; readModels: ReadModels; clock: Clock }): Promise<Projector> => {
  const { store, readModels, clock } = deps
  const position = await placeOf(store, readModels)
  const state$ = new BehaviorSubject<ProjectorState>({ position, parked: null })
  const loop: Loop = { store, readModels, state$, awake: false, closed: false, working: Promise.resolve() }
  const wake = () => wakeUp(loop)
  let timer = clock.after(wakeMsMax, function again() {
    wake()
    timer = clock.after(wakeMsMax, again)
  })
  return {
    state$: state$.asObservable(),
    state: () => state$.value,
    wake,
    reached: async (wanted) => {
      wake()
      if (state$.value.parked?.passing) await loop.working
      await firstValueFrom(state$.pipe(filter((state) => state.position >= wanted || state.parked !== null || loop.closed)))
    },
    rebuild: (onProgress) => rebuild(loop, onProgress),
    close: async () => {
      loop.closed = true
      timer.cancel()
      await loop.working
      state$.next(state$.value)
    },
  }
}

/** Tables that are ahead of the log were made from another one: they are begun anew. */
const placeOf = async (store: EventStore, readModels: ReadModels): Promise<Position> => {
  const [position, head] = [await readModels.position(), await store.head()]
  if (E.isLeft(head) || position <= head.right.position) return position
  await readModels.reset()
  return 0
}

const wakeUp = (loop: Loop): void => {
  if (loop.awake || loop.closed) return
  loop.awake = true
  loop.working = loop.working.then(() => {
    loop.awake = false
    return catchUp(loop)
  })
}

/** What goes wrong while reading is parked like a projection that throws: nobody waits for ever for tables that cannot come. */
const catchUp = async (loop: Loop, onProgress?: (position: Position) => void): Promise<void> => {
  const { store, readModels, state$ } = loop
  if (state$.value.parked?.passing === false) return
  try {
    for await (const page of store.read('all', { after: state$.value.position })) {
      const applied = await readModels.apply(decodePage(page))()
      if (E.isLeft(applied)) {
        state$.next({ ...state$.value, parked: applied.left })
        return
      }
      state$.next({ position: page.at(-1)?.position ?? state$.value.position, parked: null })
      onProgress?.(state$.value.position)
      if (loop.closed) return
    }
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause)
    state$.next({ ...state$.value, parked: { tag: 'ProjectionFailed', position: state$.value.position + 1, message, passing: false } })
  }
}

const rebuild = (loop: Loop, onProgress?: (position: Position) => void): Promise<void> => {
  const rebuilt = loop.working.then(async () => {
    await loop.readModels.reset()
    loop.state$.next({ position: 0, parked: null })
    await catchUp(loop, onProgress)
  })
  // Tables that cannot be emptied are told to whoever asked; the loop goes on with those that there are.
  loop.working = rebuilt.catch(() => undefined)
  return rebuilt
}
