/** The HTTP door of a ledger, to be mounted elsewhere: `createApp(…).fetch` answers requests, the program's `serve` listens. */
export { type Authenticate, authenticator, type Credential } from './access/authenticator.js'
export type { Principal, Role } from './access/principal.js'
export { type App, type AppParts, createApp } from './http/app.js'
export { type OpenStreams, openStreams } from './http/open-streams.js'
