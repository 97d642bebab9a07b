/**
 * Does an event match a query? The one meaning of a query; an adapter's own search must agree with it.
 */
import type { EventQuery, QueryItem } from './port.js'

/** What a query looks at. */
export interface Searched {
  readonly type: string
  readonly tags: ReadonlyArray<string>
}

const matchesItem = (item: QueryItem, event: Searched): boolean => {
  const types = item.types ?? []
  if (types.length > 0 && !types.includes(event.type)) return false
  return (item.tags ?? []).every((tag) => event.tags.includes(tag))
}

/** Items are alternatives, as are the types of an item; its tags must all be there. An empty list of items matches nothing. */
export const matches = (query: EventQuery, event: Searched): boolean => query === 'all' || query.some((item) => matchesItem(item, event))
