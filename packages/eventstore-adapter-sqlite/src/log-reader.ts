/**
 * Reads pages of the log through one connection. Every page is one or two short statements, so that no snapshot is held between pages and the
 * write-ahead log can be folded back.
 */
import {
  CorruptLog,
  decodeEvent,
  type EventQuery,
  emptyHead,
  type Head,
  matches,
  type Position,
  type RecordedEvent,
} from '@borgledger/eventstore'
import { type Connection, classify, type PreparedTuples, type Tuple } from './driver/index.js'
import { planQuery, positionsSql, positionsValues, type Window } from './query-sql.js'
import { headOf } from './rows.js'
import { envelopeColumns, envelopeIn, eventColumns, eventIn, eventWidth } from './tuples.js'

/** `reached` is the position up to which everything was looked at. */
export interface EventPage {
  readonly events: ReadonlyArray<RecordedEvent>
  readonly reached: Position
}

export interface LogReader {
  readonly head: () => Head
  readonly events: (query: EventQuery, window: Window) => EventPage
}

// The commit of an event is the first one that ends at or after it.
const eventSql = (where: string): string => `
  SELECT ${eventColumns}, ${envelopeColumns}
  FROM events e LEFT JOIN commits c ON c.last = (SELECT min(last) FROM commits WHERE last >= e.position)
  WHERE ${where} ORDER BY e.position`

export const createLogReader = (connection: Connection): LogReader => {
  const headStatement = connection.prepare('SELECT last, hash FROM commits ORDER BY last DESC LIMIT 1')
  const scanStatement = connection.prepareTuples(`${eventSql('e.position > ? AND e.position <= ?')} LIMIT ?`)
  const searches = new Map<string, PreparedTuples>()

  const search = (positions: string): PreparedTuples => {
    const known = searches.get(positions)
    if (known !== undefined) return known
    // Few shapes of query are in use at a time; whoever makes ever new ones pays for preparing them.
    if (searches.size >= 64) searches.clear()
    const statement = connection.prepareTuples(eventSql(`e.position IN (${positions})`))
    searches.set(positions, statement)
    return statement
  }
  const scan = (query: EventQuery, { after, upTo, limit }: Window): EventPage => {
    const due = Math.max(0, Math.min(limit, upTo - after))
    const events = scanStatement.all(after, upTo, due).map(decodeRow)
    const gap = events.findIndex((event, index) => event.position !== after + 1 + index)
    const missing = gap >= 0 ? gap : events.length
    if (missing < due) throw new CorruptLog(after + 1 + missing, 'the event is missing')
    return { events: query === 'all' ? events : events.filter((event) => matches(query, event)), reached: after + due }
  }
  const events = (query: EventQuery, window: Window): EventPage => {
    const plan = planQuery(query)
    if (plan.tag === 'none') return { events: [], reached: window.upTo }
    if (plan.tag === 'scan') return scan(query, window)
    const found = search(positionsSql(plan.branches))
      .all(...positionsValues(plan.branches, window))
      .map(decodeRow)
    const stray = found.find((event) => !matches(query, event))
    if (stray !== undefined) throw new CorruptLog(stray.position, 'the index names an event that does not match')
    const newest = found.at(-1)
    return { events: found, reached: found.length < window.limit || newest === undefined ? window.upTo : newest.position }
  }
  return {
    head: () => {
      const row = headStatement.get()
      return row === undefined ? emptyHead : headOf(row)
    },
    events: (query, window) => namingDamage(window.after + 1, () => events(query, window)),
  }
}

const decodeRow = (row: Tuple): RecordedEvent => {
  const event = eventIn(row)
  return decodeEvent(envelopeIn(row, eventWidth, event.position), event)
}

/** SQLite's own finding of damage, as an error of the port that names the place from which on nothing could be read. */
export const namingDamage = <A>(position: Position, read: () => A): A => {
  try {
    return read()
  } catch (error) {
    const isDamage = classify(error) === 'corrupt' || (error instanceof RangeError && 'code' in error && error.code === 'ERR_OUT_OF_RANGE')
    if (isDamage) throw new CorruptLog(position, String(error))
    throw error
  }
}
