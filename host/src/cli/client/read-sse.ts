/** Takes a stream of server-sent events apart (the part of the format that this API writes). */

export interface SseMessage {
  readonly event: string
  readonly data: string
}

/** Pieces may end anywhere; a message is complete at its blank line. Comments are passed over. */
export async function* readSse(pieces: AsyncIterable<string>): AsyncGenerator<SseMessage> {
  let rest = ''
  for await (const piece of pieces) {
    const blocks = `${rest}${piece}`.split('\n\n')
    rest = blocks.pop() ?? ''
    yield* blocks.flatMap(messageOf)
  }
}

const messageOf = (block: string): ReadonlyArray<SseMessage> => {
  const fields = block.split('\n').map((line) => /^([a-z]+): ?(.*)$/s.exec(line) ?? [])
  const event = fields.find(([, name]) => name === 'event')?.[2]
  const data = fields.flatMap(([, name, value = '']) => (name === 'data' ? [value] : []))
  return event === undefined ? [] : [{ event, data: data.join('\n') }]
}
