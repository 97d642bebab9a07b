/** What becomes of work that an earlier owner left behind. */
export { recoverJob } from './start-up.js'
export { goneMsMin, watchJob } from './watch.js'
