/**
 * The process that owns the data directory: it alone writes, runs and recovers. Jobs start only while its dispatch is open.
 */
import * as t from 'io-ts'
import { Count, Text } from '../codec/index.js'

export const ownerEvents = [
  /** `rules`: the version of the rules by which this owner decides. */
  t.readonly(t.type({ type: t.literal('OwnerStarted'), host: Text, software: Text, rules: Count }), 'OwnerStarted'),
  /** Also again, once somebody can watch over runs. */
  t.readonly(t.type({ type: t.literal('DispatchOpened') }), 'DispatchOpened'),
  /** `reason`: `shutdown`, or why nobody can watch over a run. */
  t.readonly(t.type({ type: t.literal('DispatchClosed'), reason: t.string }), 'DispatchClosed'),
] as const
export const OwnerEvent = t.union([...ownerEvents])
export type OwnerEvent = t.TypeOf<typeof OwnerEvent>
