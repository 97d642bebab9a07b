/** Sizes as borg writes them for people, with units of a thousand or, where it was told so, of 1024: `89.70 MB`, `594 B`, `1.5 KiB`. */
const letters = ['', 'k', 'm', 'g', 't', 'p', 'e']

/** Rounded to a whole number; null when it is no size. Space that grew instead counts as none. */
export const bytesOf = (size: string): number | null => {
  const [, number = '', letter = '', binary] = /^([+-]?\d+(?:\.\d+)?) ([kmgtpe]?)(i?)b$/i.exec(size) ?? []
  const power = letters.indexOf(letter.toLowerCase())
  return number === '' || power < 0 ? null : Math.max(0, Math.round(Number(number) * (binary === '' ? 1000 : 1024) ** power))
}
