/**
 * One stored commit decided again: its command on the state before it, with its instant and its actor. The rules are to give the very events
 * that are stored, byte for byte, with their ids, tags and positions.
 */
import { Command, type DomainEvent, type LedgerState, problemsOf, type Recorded, sayRefusal, toStored } from '@borgledger/domain'
import type { RecordedCommit, StoredEvent } from '@borgledger/eventstore'
import * as E from 'fp-ts/lib/Either.js'
import { type DecidedSubmission, decideSubmission, eventId } from '../submit/plan.js'
import type { Submission } from '../submit/submission.js'

export type Redecided =
  | { readonly tag: 'Same'; readonly events: ReadonlyArray<Recorded<DomainEvent>>; readonly after: LedgerState }
  | Difference

export interface Difference {
  readonly tag: 'Different'
  /** Counts from 0 within the commit. */
  readonly index: number
  readonly what: string
  readonly stored: StoredEvent | null
  readonly decided: StoredEvent | null
}

/**
 * The command as it is stored; null when it is no object at all. Its shape is looked at only where the rules decide otherwise: what leads to
 * the very events that are stored was a command.
 */
export const storedCommand = ({ command }: RecordedCommit): Command | null => {
  try {
    const parsed: unknown = JSON.parse(command)
    return typeof parsed === 'object' && parsed !== null ? (parsed as Command) : null
  } catch {
    return null
  }
}

/** `before`: the state up to the commit, with the command's job in it, should that have ended. */
export const redecide = (commit: RecordedCommit, command: Command | null, before: LedgerState): Redecided => {
  const again = command === null ? null : decideAgain(commit, command, before)
  return again?.tag === 'Same' ? again : (unreadable(commit, command) ?? again ?? different(commit, 0, 'there is no command', null))
}

const unreadable = (commit: RecordedCommit, command: unknown): Difference | null => {
  const decoded = Command.decode(command)
  if (E.isRight(decoded)) return null
  const [problem] = problemsOf(decoded.left)
  return different(commit, 0, `the command cannot be read: ${problem?.path}: ${problem?.message}`, null)
}

const decideAgain = (commit: RecordedCommit, command: Command, before: LedgerState): Redecided => {
  try {
    const again = decideSubmission(submissionOf(commit, command), before, commit)
    if (E.isLeft(again)) return different(commit, 0, `the command would be refused: ${sayRefusal(again.left)}`, null)
    const decided = textsOf(commit, again.right)
    const index = differsAt(commit.events, decided)
    if (index === null) return { tag: 'Same', events: again.right.recorded, after: again.right.after }
    return different(commit, index, sayDifference(commit.events[index], decided[index]), decided[index] ?? null)
  } catch (cause) {
    return different(commit, 0, `the command cannot be decided: ${cause instanceof Error ? cause.message : String(cause)}`, null)
  }
}

/** As they would be stored. */
const textsOf = ({ commitId }: RecordedCommit, { recorded, tags }: DecidedSubmission): ReadonlyArray<StoredEvent> =>
  recorded.map(({ event, position }, index) => {
    const { type, version, data } = toStored(event)
    return { position, id: eventId(commitId, index), type, version, tags: JSON.stringify(tags[index]), data: JSON.stringify(data) }
  })

/** The key of a request is no part of its command; its use stands last in the commit. */
export const submissionOf = (commit: RecordedCommit, command: Command): Submission => {
  const { actor, correlationId, causationId } = commit
  const last = commit.events.at(-1)
  const key = last?.type === 'IdempotencyKeyUsed' ? { key: JSON.parse(last.data) } : {}
  return { command, actor, correlationId, causationId, ...key }
}

/** Whether these are the events of the commit, byte for byte, at its instant. */
export const isStoredAs = (commit: RecordedCommit, recorded: ReadonlyArray<Recorded<DomainEvent>>, at: string): boolean =>
  commit.at === at &&
  commit.events.length === recorded.length &&
  commit.events.every((stored, index) => {
    const entry = recorded[index]
    if (entry === undefined || entry.position !== stored.position) return false
    const { type, data } = toStored(entry.event)
    return stored.type === type && stored.data === JSON.stringify(data)
  })

const differsAt = (stored: ReadonlyArray<StoredEvent>, decided: ReadonlyArray<StoredEvent>): number | null => {
  for (let index = 0; index < Math.max(stored.length, decided.length); index++) if (!isSame(stored[index], decided[index])) return index
  return null
}

const isSame = (a: StoredEvent | undefined, b: StoredEvent | undefined): boolean =>
  a?.position === b?.position &&
  a?.id === b?.id &&
  a?.type === b?.type &&
  a?.version === b?.version &&
  a?.tags === b?.tags &&
  a?.data === b?.data

const sayDifference = (stored: StoredEvent | undefined, decided: StoredEvent | undefined): string => {
  if (stored === undefined) return `the rules also decide ${decided?.type}`
  if (decided === undefined) return `${stored.type} is stored, and the rules decide nothing of the kind`
  if (stored.type !== decided.type) return `${stored.type} is stored, and the rules decide ${decided.type}`
  return `${stored.type} is stored with other content than the rules decide`
}

const different = (commit: RecordedCommit, index: number, what: string, decided: StoredEvent | null): Difference => ({
  tag: 'Different',
  index,
  what,
  stored: commit.events[index] ?? null,
  decided,
})
