/** Schedules at the library's door. */
export { ScheduleBody, SchedulePatch } from './schedule-body.js'
export { createSchedules, type Schedules } from './schedules.js'
export { type Schedule, shownAt } from './shown-at.js'
