/** What Prometheus scrapes. */
export { expositionType } from './exposition.js'
export { metricsText } from './metrics-text.js'
