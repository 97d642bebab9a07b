/** The `Range` header of a request for bytes (RFC 9110 §14). What is not one plain range of bytes is passed over, as the RFC allows. */

/** `start` inclusive, `end` exclusive. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

export const byteRangeOf = (header: string | undefined, size: number): ByteRange | 'none' | 'outside' => {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '') ?? []
  if (first === '' && last === '') return 'none'
  if (first === '') return suffix(Number(last), size)
  const [start, end] = [Number(first), last === '' ? size : Math.min(Number(last) + 1, size)]
  if (last !== '' && Number(last) < start) return 'none'
  return start < size ? { start, end } : 'outside'
}

const suffix = (length: number, size: number): ByteRange | 'outside' =>
  length === 0 || size === 0 ? 'outside' : { start: Math.max(0, size - length), end: size }
