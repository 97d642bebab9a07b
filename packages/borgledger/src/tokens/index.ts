/** Tokens at the library's door. */
export { TokenBody } from './token-body.js'
export { type CreatedToken, createTokens, type Token, type Tokens } from './tokens.js'
