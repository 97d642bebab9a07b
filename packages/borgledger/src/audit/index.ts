/** The history shown, checked and explained. */
export { type Audit, createAudit } from './audit.js'
