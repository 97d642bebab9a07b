/** The clock's part in the loop: due instants become commands, and stale checks are looked at. */
export { type Scheduler, type SchedulerDeps, startScheduler } from './scheduler.js'
