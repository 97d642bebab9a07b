/** The secret store: written and removed, never read. */
import { type Borgledger, closed, decodeWith } from 'borgledger'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { answerNothing, pathPart } from '../answer.js'
import { readBody } from '../body.js'
import { problem } from '../problem.js'
import type { AppContext, Route } from '../route.js'

const secretCharsMax = 4096

const isSecret = (value: unknown): boolean => typeof value === 'string' && value.length > 0 && value.length <= secretCharsMax

export const SecretBody = closed('a secret', { value: t.string }, {})

export const secretRoutes = (ledger: Borgledger): ReadonlyArray<Route> => [
  { method: 'PUT', path: '/secrets/:name', role: 'admin', handle: (c) => put(c, ledger) },
  {
    method: 'DELETE',
    path: '/secrets/:name',
    role: 'admin',
    handle: async (c) => answerNothing(c, await ledger.removeSecret(pathPart(c, 'name'))),
  },
]

const put = async (c: AppContext, ledger: Borgledger): Promise<Response> => {
  const body = await readBody(c)
  if (!body.ok) return problem(c, body.error)
  const decoded = decodeWith(SecretBody, body.value)
  // The usual messages repeat what came, which is a secret here, if only under a wrong name: the names of the fields alone are told.
  if (E.isLeft(decoded)) return problem(c, misshapen(decoded.left.map(({ path }) => path)))
  if (!isSecret(decoded.right.value)) return problem(c, misshapen(['value']))
  return answerNothing(c, await ledger.putSecret(pathPart(c, 'name'), decoded.right.value))
}

const misshapen = (paths: ReadonlyArray<string>) => {
  const message = `expected { value } with a text of 1 to ${secretCharsMax} characters`
  return { code: 'invalid-body', message, errors: paths.map((path) => ({ path, message })) }
}
