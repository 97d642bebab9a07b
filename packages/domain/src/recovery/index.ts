/** What becomes of work that was left behind: by an earlier owner, or by a process that nobody hears of any more. */

export { mayBeStale, reviewCheck } from './stale-checks.js'
export { recoverJob } from './start-up.js'
export { goneMsMin, watchJob } from './watch.js'
