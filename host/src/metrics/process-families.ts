/** The process itself, under the names that Prometheus' own libraries use. */
import { hostVersion } from '../serve/version.js'
import type { Family } from './exposition.js'
import { counter, gauge } from './families.js'

export const processFamilies = (): ReadonlyArray<Family> => {
  const { user, system } = process.cpuUsage()
  const { rss, heapUsed, external } = process.memoryUsage()
  return [
    gauge('borgledger_build_info', 'The versions of the program and of Node; always 1.', [
      { labels: { version: hostVersion, node: process.version }, value: 1 },
    ]),
    counter('process_cpu_seconds_total', 'CPU time of the process, of user and system together.', (user + system) / 1e6),
    gauge('process_start_time_seconds', 'When the process began, as Unix time.', performance.timeOrigin / 1000),
    gauge('process_resident_memory_bytes', 'Memory of the process that is resident.', rss),
    gauge('nodejs_heap_size_used_bytes', 'Memory of the JavaScript heap that is in use.', heapUsed),
    gauge('nodejs_external_memory_bytes', 'Memory that JavaScript objects hold outside of the heap.', external),
  ]
}
