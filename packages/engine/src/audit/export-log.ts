/**
 * The log as newline JSON, faithful in every position and hash: a line that says what it is, one line a commit, and a line that says where
 * it ends, so that a file that was cut is known by it. What comes in is checked line by line.
 */
import { CorruptLog, type EventStore, emptyHead, findDivergence, type Head, type RecordedCommit } from '@borgledger/eventstore'
import * as E from 'fp-ts/lib/Either.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import * as t from 'io-ts'

const Opening = t.type({ format: t.literal('borgledger-log'), version: t.literal(1) })
const Closing = t.type({ end: t.type({ position: t.number, hash: t.string }) })
const Line = t.type({
  commitId: t.string,
  first: t.number,
  last: t.number,
  at: t.string,
  actor: t.string,
  correlationId: t.string,
  causationId: t.union([t.string, t.null]),
  command: t.string,
  events: t.array(t.type({ position: t.number, id: t.string, type: t.string, version: t.number, tags: t.string, data: t.string })),
  hash: t.string,
})

/** Each with its newline. Up to the head at the time of the first line. */
export async function* exportLog(store: Pick<EventStore, 'commits'>): AsyncGenerator<string> {
  yield lineOf({ format: 'borgledger-log', version: 1 } satisfies t.TypeOf<typeof Opening>)
  let end = emptyHead
  for await (const page of store.commits()) {
    yield page.map(lineOf).join('')
    const newest = page.at(-1)
    if (newest !== undefined) end = { position: newest.last, hash: newest.hash }
  }
  yield lineOf({ end } satisfies t.TypeOf<typeof Closing>)
}

const lineOf = (value: object): string => `${JSON.stringify(value)}\n`

/**
 * The commits of an exported log, to be given to `store.restore`. `lines` come without their newlines. Throws `CorruptLog`, which names the
 * line, at the first one that is not what it should be.
 */
export async function* importedCommits(lines: AsyncIterable<string>): AsyncGenerator<ReadonlyArray<RecordedCommit>> {
  let [number, head, ended]: [number, Head, boolean] = [0, emptyHead, false]
  for await (const text of lines) {
    number += 1
    if (ended) throw atLine(number, null, 'expected nothing behind the end of the log')
    const value = parsed(text, number)
    if (number === 1) {
      if (!Opening.is(value)) throw atLine(number, null, 'expected {"format":"borgledger-log","version":1}')
    } else if (Closing.is(value)) {
      if (value.end.position !== head.position || value.end.hash !== head.hash)
        throw atLine(number, head.position + 1, `the log ends at ${head.position} and says ${value.end.position}: commits are missing`)
      ended = true
    } else {
      const commit = commitOf(value, number)
      const divergence = findDivergence(head, commit)
      if (divergence !== null) throw atLine(number, divergence.position, divergence.what)
      head = { position: commit.last, hash: commit.hash }
      yield [commit]
    }
  }
  if (!ended) throw atLine(number + 1, head.position + 1, 'the file ends before the log does')
}

const parsed = (text: string, line: number): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw atLine(line, null, 'it is not JSON')
  }
}

const commitOf = (value: unknown, line: number): RecordedCommit => {
  const decoded = Line.decode(value)
  if (E.isLeft(decoded)) throw atLine(line, null, 'expected a commit')
  const { events } = decoded.right
  if (!RA.isNonEmpty(events)) throw atLine(line, decoded.right.first, 'the commit has no events')
  return { ...decoded.right, events }
}

const atLine = (line: number, position: number | null, what: string): CorruptLog => new CorruptLog(position, `line ${line}: ${what}`)
