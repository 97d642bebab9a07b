// The HTTP API with the token of this tab. A refusal is thrown with the sentence that the ledger gave.

const storage = 'borgledger-token'

export const token = {
  get: () => sessionStorage.getItem(storage),
  set: (value) => sessionStorage.setItem(storage, value),
  forget: () => sessionStorage.removeItem(storage),
}

const send = async (method, path, { body, signal } = {}) => {
  const headers = { Authorization: `Bearer ${token.get()}`, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) }
  const answer = await fetch(`/api/v1${path}`, { method, headers, signal, body: body === undefined ? undefined : JSON.stringify(body) })
  if (answer.ok) return answer
  const details = await answer.json().catch(() => ({}))
  throw Object.assign(new Error(details.detail ?? `the ledger answered ${answer.status}`), { status: answer.status })
}

export const get = async (path) => (await send('GET', path)).json()
export const getText = async (path) => (await send('GET', path)).text()
export const post = async (path, body) => (await send('POST', path, { body })).json()

/** Server-sent events by fetch, since EventSource takes no token. Calls `hear` for each; resolves when the stream ends. */
export const stream = async (path, hear, signal) => {
  const answer = await send('GET', path, { signal })
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    const blocks = (rest + next.value).split('\n\n')
    rest = blocks.pop()
    for (const block of blocks) tell(block, hear)
  }
}

const tell = (block, hear) => {
  const fields = block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)])
  const event = fields.find(([name]) => name === 'event')?.[1]
  const data = fields.filter(([name]) => name === 'data').map(([, value]) => value)
  if (event !== undefined) hear({ event, data: data.join('\n') })
}

/** Keeps a stream open until the signal: when it breaks off it is opened again, after a second, then ever less often. */
export const keepStreaming = async (path, hear, signal) => {
  for (let waitMs = 1000; !signal.aborted; waitMs = Math.min(waitMs * 2, 30_000)) {
    const heard = (message) => {
      waitMs = 1000
      hear(message)
    }
    await stream(path, heard, signal).catch(() => undefined)
    await new Promise((resolve) => setTimeout(resolve, waitMs))
  }
}
