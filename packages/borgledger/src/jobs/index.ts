/** Jobs at the library's door. */
export type { EndedJob, JobHandle } from './job-handle.js'
export { createJobs, type Jobs } from './jobs.js'
