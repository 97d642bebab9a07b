/** Cuts bytes of a log at the end of a line; a line longer than the slice is cut between two characters. */
const lineFeed = 0x0a

/** `full`: the slice is as large as it can be; `last`: nothing will follow. Then something is always told. */
export const wholeLinesOf = (bytes: Uint8Array, { full, last }: { readonly full: boolean; readonly last: boolean }): Uint8Array => {
  const end = bytes.lastIndexOf(lineFeed) + 1
  if (end > 0) return bytes.subarray(0, end)
  if (full) return bytes.subarray(0, characterEnd(bytes))
  return last ? bytes : bytes.subarray(0, 0)
}

/** In front of the last byte that begins a UTF-8 character, if that character could go on behind the slice. */
const characterEnd = (bytes: Uint8Array): number => {
  for (let at = bytes.length - 1; at > bytes.length - 4 && at > 0; at -= 1) {
    const byte = bytes[at] ?? 0
    if (byte >= 0xc0) return at
    if (byte < 0x80) return bytes.length
  }
  return bytes.length
}
