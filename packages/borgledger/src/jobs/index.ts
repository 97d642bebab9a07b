/** Jobs at the library's door. */
export { decodeJobBody, JobBody } from './job-body.js'
export type { EndedJob, JobHandle } from './job-handle.js'
export { createJobs, type Jobs } from './jobs.js'
