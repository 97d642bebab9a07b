/**
 * What the API's collections have in common: something is made, changed and removed in each of them in the same way, and those in memory are
 * listed in pages.
 */
import type { Caller, Result } from 'borgledger'
import { answer, answerNothing, pathPart } from './answer.js'
import { readBody } from './body.js'
import { callerOf, keyedCallerOf } from './caller.js'
import { pageById } from './page-by-id.js'
import { problem } from './problem.js'
import { paging, readQuery } from './query.js'
import type { AppContext } from './route.js'

interface Item {
  readonly id: string
}

export const list = async <A extends Item>(c: AppContext, all: () => Promise<ReadonlyArray<A>>): Promise<Response> => {
  const query = readQuery(c, paging)
  return query.ok ? answer(c, pageById(await all(), query.value)) : problem(c, query.error)
}

/** Once for each idempotency key. What the body is to be is for the library to say. */
export const add = async <B, A extends Item>(c: AppContext, make: (body: B, caller: Caller) => Promise<Result<A>>): Promise<Response> => {
  const caller = keyedCallerOf(c)
  if (!caller.ok) return problem(c, caller.error)
  const body = await readBody(c)
  if (!body.ok) return problem(c, body.error)
  const made = await make(body.value as B, caller.value)
  if (made.ok) c.header('Location', `${c.req.path}/${made.value.id}`)
  return answer(c, made, 201)
}

/** Asks something of the item at `:id` with a body, and answers with what became of it. */
export const change = async <B, A>(c: AppContext, act: (id: string, body: B, caller: Caller) => Promise<Result<A>>): Promise<Response> => {
  const body = await readBody(c)
  return body.ok ? answer(c, await act(pathPart(c, 'id'), body.value as B, callerOf(c))) : problem(c, body.error)
}

export const remove = async (c: AppContext, act: (id: string, caller: Caller) => Promise<Result<void>>): Promise<Response> =>
  answerNothing(c, await act(pathPart(c, 'id'), callerOf(c)))
