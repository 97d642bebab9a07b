/**
 * Whether the index of tags holds what the events say: counted tag by tag, for a page of events is about few things. Only where the counts
 * differ is each event looked up.
 */
import type { Position, StoredEvent } from '@borgledger/eventstore'
import type { Connection } from './driver/index.js'
import { integer } from './rows.js'

export interface TagIndex {
  /** The first of the events, which follow one another, that the index lacks under one of its tags. */
  readonly lacking: (events: ReadonlyArray<StoredEvent>) => Position | null
}

const countedSql = `
  SELECT count(*) AS n FROM json_each(?) t CROSS JOIN event_tags i ON i.tag = t.value
  WHERE i.position BETWEEN ? AND ?`

const lackingSql = `
  SELECT e.position FROM events e, json_each(CASE WHEN json_valid(e.tags) THEN e.tags ELSE '[]' END) t
  WHERE e.position BETWEEN ? AND ?
    AND NOT EXISTS (SELECT 1 FROM event_tags i WHERE i.tag = t.value AND i.position = e.position)
  LIMIT 1`

export const createTagIndex = (connection: Connection): TagIndex => {
  const countedStatement = connection.prepare(countedSql)
  const lackingStatement = connection.prepare(lackingSql)
  return {
    lacking: (events) => {
      const [first, last] = [events[0], events.at(-1)]
      if (first === undefined || last === undefined) return null
      const { tags, count } = tagsIn(events)
      const counted = countedStatement.get(JSON.stringify(tags), first.position, last.position)
      if (counted?.['n'] === count) return null
      const lacking = lackingStatement.get(first.position, last.position)
      return lacking === undefined ? null : integer(lacking['position'], 'position')
    },
  }
}

/** Every tag once, and how often the events name one. Lists of tags repeat: each text is read once. */
const tagsIn = (events: ReadonlyArray<StoredEvent>): { readonly tags: ReadonlyArray<string>; readonly count: number } => {
  const lists = new Map<string, ReadonlyArray<string>>()
  const tags = new Set<string>()
  let count = 0
  for (const { tags: text } of events) {
    const list = lists.get(text) ?? listOf(text)
    if (!lists.has(text)) for (const tag of list) tags.add(tag)
    lists.set(text, list)
    count += list.length
  }
  return { tags: [...tags], count }
}

/** What is no list is named by who reads it. */
const listOf = (text: string): ReadonlyArray<string> => {
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) ? [...new Set(list.filter((tag) => typeof tag === 'string'))] : []
  } catch {
    return []
  }
}
