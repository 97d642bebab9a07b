/** Processes: who one is, how it ended, how it was signalled, what is left of it. */
import * as t from 'io-ts'
import { Count, nullable } from '../../codec/index.js'

/** How a process ended: an exit code, or the signal that ended it. */
export const Exit = t.readonly(t.type({ code: nullable(t.number), signal: nullable(t.string) }))
export type Exit = t.TypeOf<typeof Exit>

/**
 * Who a process is, for as long as the machine is up. `startTicks` is field 22 of /proc/<pid>/stat: clock ticks after boot.
 */
export const ProcessIdentity = t.readonly(t.type({ pid: Count, startTicks: t.string, bootId: t.string, pidNamespace: t.string }))
export type ProcessIdentity = t.TypeOf<typeof ProcessIdentity>

/** `rung` counts from 1; `target` says whether the process alone or its whole group was signalled. */
export const SignalRung = t.readonly(t.type({ rung: Count, signal: t.string, target: t.keyof({ process: null, group: null }) }))
export type SignalRung = t.TypeOf<typeof SignalRung>

/** What an owner finds of a run that an earlier owner began. */
export const RunTraces = t.readonly(
  t.type({
    /** `never`: the process was never started. `ended`: it left a report. `none`: it was started and left no report (yet). */
    report: t.keyof({ never: null, ended: null, none: null }),
    liveness: t.keyof({ alive: null, gone: null, unknown: null }),
  }),
)
export type RunTraces = t.TypeOf<typeof RunTraces>
