/** Schedules at the library's door. */
export type { ScheduleBody, SchedulePatch } from './schedule-body.js'
export { createSchedules, type Schedule, type Schedules } from './schedules.js'
