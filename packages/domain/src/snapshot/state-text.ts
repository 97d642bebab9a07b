/** The whole decision state as a text that can be kept, and back again. */
import * as E from 'fp-ts/lib/Either.js'
import { initialState, type LedgerState } from '../state.js'
import { fromExactText, toExactText } from './exact-text.js'
import { strayFrom } from './outline.js'

export const stateToText = (state: LedgerState): string => toExactText(state)

/** Left: a sentence that says why the text is no state. It is to be of this program's `stateShape`: what stands in maps is believed. */
export const stateFromText = (text: string): E.Either<string, LedgerState> => {
  const value = fromExactText(text)
  if (E.isLeft(value)) return value
  const stray = strayFrom(initialState, value.right)
  return stray === null ? E.right(value.right as LedgerState) : E.left(`${stray} is missing, unknown or of another kind`)
}

/** Whether the text is that of the state. The order of fields does not count: what was decided just now may have another than what is read. */
export const isTextOf = (text: string, state: LedgerState): boolean =>
  E.isRight(fromExactText(text)) && sorted(text) === sorted(stateToText(state))

const sorted = (text: string): string => JSON.stringify(JSON.parse(text), (_, value: unknown) => (isFields(value) ? inOrder(value) : value))

const isFields = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value)

const inOrder = (value: object): object => Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
