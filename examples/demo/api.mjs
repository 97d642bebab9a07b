// The HTTP API in a dozen lines: JSON in, JSON out, problems as errors, server-sent events as an async iterable.

export const api = (url, token) => {
  const headers = { authorization: `Bearer ${token}` }
  const call = async (method, path, body) => {
    const json = body === undefined ? {} : { body: JSON.stringify(body), headers: { ...headers, 'content-type': 'application/json' } }
    const response = await fetch(`${url}/api/v1${path}`, { method, headers, ...json })
    const answer = await response.json()
    if (!response.ok) throw new Error(`${method} ${path}: ${answer.code}: ${answer.detail}`)
    return answer
  }
  /** The data of each event of a stream, until it ends. */
  call.stream = async function* (path) {
    const response = await fetch(`${url}/api/v1${path}`, { headers })
    let text = ''
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      text += chunk
      const blocks = text.split('\n\n')
      text = blocks.pop()
      for (const block of blocks) {
        const data = block.split('\n').filter((line) => line.startsWith('data:'))
        if (data.length > 0) yield JSON.parse(data.map((line) => line.slice(5)).join('\n'))
      }
    }
  }
  return call
}
