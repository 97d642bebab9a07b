/** Scripts: a library of what is run before and after backups. */
export { ScriptCommand, type ScriptCommandOf, scriptCommands } from './commands.js'
export { decideScript } from './decide.js'
export { ScriptEvent, scriptEvents } from './events.js'
export { defaultTimeoutMs, ScriptBody, ScriptEnv, ScriptProgram, ScriptTimeoutMs } from './script.js'
export { evolveScripts, type ScriptState, type Scripts } from './state.js'
