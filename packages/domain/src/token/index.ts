/** Tokens: who may ask, and what. */
export { TokenCommand, tokenCommands } from './commands.js'
export { decideToken } from './decide.js'
export { TokenEvent, tokenEvents } from './events.js'
export { evolveTokens, type TokenState, type Tokens } from './state.js'
export { SecretHash, TokenName, TokenRole } from './token.js'
