/** Calls: short uses of borg that are no jobs. */
export { CallCommand } from './commands.js'
export { decideCall, outcomeOfCall } from './decide.js'
export { Call, CallError, CallEvent, CallOutcome, callEvents } from './events.js'
export { type CallState, type Calls, evolveCalls, noCalls } from './state.js'
