/**
 * The conformance suite: what every adapter of the event store port must show, as data for any test runner.
 *
 * An adapter writes a `Harness`; a case rejects when the store is not right. A case whose needs the harness lacks is to be counted as skipped.
 */
import { appendCases } from './cases-append.js'
import { commitIdCases } from './cases-commit-id.js'
import { conditionCases } from './cases-condition.js'
import { faultCases } from './cases-fault.js'
import { followCases } from './cases-follow.js'
import { invalidCases } from './cases-invalid.js'
import { lifetimeCases } from './cases-lifetime.js'
import { payloadCases } from './cases-payload.js'
import { processCases } from './cases-process.js'
import { readCases } from './cases-read.js'
import { reserveCases } from './cases-reserve.js'
import { restoreCases } from './cases-restore.js'
import type { ConformanceCase } from './conformance-case.js'

export { runAppender } from './appender.js'
export { type ConformanceCase, lacking } from './conformance-case.js'
export type { Acknowledged, Appender, AppenderPlan, Capability, Faults, Harness, Log } from './harness.js'
export { memoryHarness } from './memory-harness.js'

export const conformanceCases: ReadonlyArray<ConformanceCase> = [
  ...appendCases,
  ...conditionCases,
  ...commitIdCases,
  ...readCases,
  ...payloadCases,
  ...followCases,
  ...restoreCases,
  ...invalidCases,
  ...lifetimeCases,
  ...processCases,
  ...faultCases,
  ...reserveCases,
]
