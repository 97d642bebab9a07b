/** The decision state as a text, so that a start need not fold the whole log. */
export { stateShape } from './state-shape.js'
export { isTextOf, stateFromText, stateToText } from './state-text.js'
