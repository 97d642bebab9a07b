/**
 * The log of the in-memory store: commits in their stored form and the indexes over them. Synchronous; it cannot fail half-way.
 */
import * as E from 'fp-ts/lib/Either.js'
import { genesisHash } from './chain.js'
import type { AppendError, InvalidCommit } from './errors.js'
import { matches, type Searched } from './matches.js'
import type { AppendCondition, Appended, Commit, EventQuery, Head, Position, RecordedCommit } from './port.js'
import { type DraftCommit, decodeCommit, draftCommit, isSameCommit, placeCommit } from './stored-form.js'
import { emptyHead } from './verify.js'

/** The refusal of a commit whose event `index` has an id that the log already holds. */
export const usedEventId = (index: number, draft: DraftCommit): InvalidCommit => ({
  tag: 'InvalidCommit',
  field: `events[${index}].id`,
  expected: 'an id not used before',
  actual: JSON.stringify(draft.events[index]?.id),
})

export class MemoryLog {
  readonly commits: RecordedCommit[] = []
  /** For the event at position n, at index n - 1: what a query looks at, and the index of its commit. */
  readonly #searched: Array<Searched & { readonly owner: number }> = []
  readonly #commitIds = new Map<string, number>()
  readonly #eventIds = new Set<string>()

  get head(): Head {
    const newest = this.commits.at(-1)
    return newest === undefined ? emptyHead : { position: newest.last, hash: newest.hash }
  }

  /** The index of the commit that holds a position, or of the first one after it. */
  ownerOf(position: Position): number {
    return this.#searched[position - 1]?.owner ?? this.commits.length
  }

  matchesAt(query: EventQuery, position: Position): boolean {
    const searched = this.#searched[position - 1]
    return searched !== undefined && matches(query, searched)
  }

  /** Adds a commit that is known to follow from the head. Answers with the refusal when one of its ids is taken. */
  add(commit: RecordedCommit): AppendError | null {
    const used = commit.events.findIndex((event) => this.#eventIds.has(event.id))
    if (used >= 0) return usedEventId(used, commit)
    if (this.#commitIds.has(commit.commitId)) return { tag: 'CommitIdReused', commitId: commit.commitId }
    const owner = this.commits.push(commit) - 1
    this.#commitIds.set(commit.commitId, owner)
    for (const { id, type, tags } of decodeCommit(commit)) {
      this.#searched.push({ type, tags, owner })
      this.#eventIds.add(id)
    }
    return null
  }

  append(commit: Commit): E.Either<AppendError, Appended> {
    const draft = draftCommit(commit)
    const before = this.#commitIds.get(commit.commitId)
    if (before !== undefined) return this.#answerAgain(before, draft)
    const { position, hash } = this.head
    if (commit.condition !== undefined && !this.#holds(commit.condition)) return E.left({ tag: 'ConditionFailed', head: position })
    const placed = placeCommit(hash, position + 1, draft)
    const refusal = this.add(placed)
    return refusal === null ? E.right({ first: placed.first, last: placed.last, hash: placed.hash }) : E.left(refusal)
  }

  #answerAgain(index: number, draft: DraftCommit): E.Either<AppendError, Appended> {
    const stored = this.commits[index]
    const previous = this.commits[index - 1]?.hash ?? genesisHash
    return stored !== undefined && isSameCommit(previous, stored, draft)
      ? E.right({ first: stored.first, last: stored.last, hash: stored.hash })
      : E.left({ tag: 'CommitIdReused', commitId: draft.commitId })
  }

  #holds({ failIfMatches, after }: AppendCondition): boolean {
    if (after > this.head.position) return false
    for (let position = this.head.position; position > after; position--) if (this.matchesAt(failIfMatches, position)) return false
    return true
  }
}
