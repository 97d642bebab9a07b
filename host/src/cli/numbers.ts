/** Numbers on the command line. */
import { InvalidArgumentError } from 'commander'

export const wholeNumber = (text: string): number => {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('expected a whole number')
  return Number(text)
}
