/** The library of scripts at the library's door. */
export { ScriptBody, ScriptPatch } from './script-body.js'
export { createScripts, type Script, type Scripts } from './scripts.js'
