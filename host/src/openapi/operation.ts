/** What an operation takes and answers, beside what its route says already. */
import type * as t from 'io-ts'
import { listOf, pageOf } from './records/shape.js'

/** By media type; null for what no schema describes. */
export type Content = Readonly<Record<string, t.Mixed | null>>

export interface Operation {
  readonly summary: string
  /** In JSON. */
  readonly body?: t.Mixed
  /** By status; problems may come with every other one. Null: no content. */
  readonly answers: Readonly<Record<number, Content | null>>
}

const json = (codec: t.Mixed): Content => ({ 'application/json': codec })

/** 200 with a record. */
export const gives = (summary: string, codec: t.Mixed): Operation => ({ summary, answers: { 200: json(codec) } })
export const givesPage = (summary: string, item: t.Mixed): Operation => gives(summary, pageOf(item))
export const givesList = (summary: string, item: t.Mixed): Operation => gives(summary, listOf(item))
export const takes = (summary: string, body: t.Mixed, codec: t.Mixed): Operation => ({ ...gives(summary, codec), body })
/** 201 with the record. */
export const creates = (summary: string, body: t.Mixed, codec: t.Mixed): Operation => ({ summary, body, answers: { 201: json(codec) } })
/** 202 with the job. */
export const begins = (summary: string, body: t.Mixed | undefined, codec: t.Mixed): Operation => ({
  summary,
  answers: { 202: json(codec) },
  ...(body === undefined ? {} : { body }),
})
/** 204. */
export const does = (summary: string, body?: t.Mixed): Operation => ({
  summary,
  answers: { 204: null },
  ...(body === undefined ? {} : { body }),
})
export const streams = (summary: string): Operation => ({ summary, answers: { 200: { 'text/event-stream': null } } })
