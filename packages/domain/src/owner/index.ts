/** The owner of a data directory. */
export { OwnerCommand, ownerCommands } from './commands.js'
export { decideOwner } from './decide.js'
export { OwnerEvent, ownerEvents } from './events.js'
export { evolveOwner, noOwner, type OwnerState } from './state.js'
