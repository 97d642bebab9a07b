/** The records that people see, each a fold of the log. */

export { type Archive, type ArchiveList, changeTo, foldLeft, foldListing, noArchives } from './archives.js'
export { type Delivery, foldDelivery } from './delivery.js'
export { foldJob, jobsShowing } from './fold-job.js'
export type { Job, JobLog, JobStep, MaintenanceState } from './job.js'
export { foldDeletedEntry, foldEndedJob, foldRepository, type JobRef, type Repository } from './repository.js'
export { foldTarget, type NotificationTarget } from './target.js'
export { type Tick, tickOf } from './tick.js'
