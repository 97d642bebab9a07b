/** One request to the HTTP API, with its answer as a result: problem details become the error that they were made of. */
import type { LedgerError, Result } from 'borgledger'
import * as t from 'io-ts'
import type { Transport } from './transport.js'

const ProblemDetails = t.intersection([
  t.type({ code: t.string, detail: t.string }),
  t.partial({ jobs: t.array(t.string), errors: t.array(t.type({ path: t.string, message: t.string })) }),
])

type Send = Transport['send']

/** The answer's body as JSON; nothing for 204. What the API promises of its shape is believed. */
export const ask = async <A>(
  send: Send,
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Result<A>> => {
  const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) }
  const answer = await send(path, init)
  if (!answer.ok) return { ok: false, error: await errorOf(answer) }
  return { ok: true, value: (answer.status === 204 ? undefined : await answer.json()) as A }
}

/** The answer's body as text, piece by piece as it comes. */
export const askForText = async (send: Send, path: string, init?: RequestInit): Promise<Result<AsyncIterable<string>>> => {
  const answer = await send(path, init)
  return answer.ok ? { ok: true, value: textOf(answer) } : { ok: false, error: await errorOf(answer) }
}

async function* textOf({ body }: Response): AsyncGenerator<string> {
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader()
  try {
    for (let next = await reader?.read(); next?.done === false; next = await reader?.read()) yield next.value
  } finally {
    // A reader who leaves early lets the connection go, or the program would not end.
    await reader?.cancel()
  }
}

const errorOf = async (answer: Response): Promise<LedgerError> => {
  const text = await answer.text()
  const details = jsonOf(text)
  if (!ProblemDetails.is(details)) return { code: 'internal-error', message: `the ledger answered ${answer.status}: ${text.slice(0, 200)}` }
  const { code, detail, jobs, errors } = details
  return { code, message: detail, ...(jobs === undefined ? {} : { jobs }), ...(errors === undefined ? {} : { errors }) }
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
