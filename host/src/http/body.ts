/** The body of a request as JSON, with a limit on its size and on its depth. */
import type { Result } from 'borgledger'
import { refused } from './answer.js'
import type { AppContext } from './route.js'

export const bodyBytesMax = 1024 * 1024
const depthMax = 32

/** Codes: `body-too-large`, `malformed-request`. */
export const readBody = async (c: AppContext): Promise<Result<unknown>> => {
  const text = await readText(c)
  if (text === null) return refused({ code: 'body-too-large', message: `expected at most ${bodyBytesMax} bytes` })
  const value = parsed(text)
  if (value === undefined) return refused({ code: 'malformed-request', message: 'expected a body in JSON' })
  if (depthOf(value) > depthMax) return refused({ code: 'malformed-request', message: `expected at most ${depthMax} levels in the body` })
  return { ok: true, value }
}

/** Null when it is too large, whether it says so beforehand or comes in chunks. */
const readText = async (c: AppContext): Promise<string | null> => {
  if (Number(c.req.header('Content-Length') ?? 0) > bodyBytesMax) return null
  const chunks: Uint8Array[] = []
  let bytes = 0
  const reader = c.req.raw.body?.getReader()
  for (let next = await reader?.read(); next?.done === false; next = await reader?.read()) {
    bytes += next.value.byteLength
    if (bytes > bodyBytesMax) return null
    chunks.push(next.value)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** Level by level: a body of a million brackets must not overflow the stack. Stops where it is too deep in any case. */
const depthOf = (value: unknown): number => {
  let depth = 0
  for (let level = [value]; level.length > 0 && depth <= depthMax; depth += 1) {
    level = level.flatMap((inner) => (typeof inner === 'object' && inner !== null ? Object.values(inner) : []))
  }
  return depth
}
