/**
 * What is seen of a run: the raw facts from which an outcome is decided, and from which it can be decided again by a better rule.
 */
import * as t from 'io-ts'
import { Count, nullable, Text } from '../codec/index.js'

/** How a process ended: an exit code, or the signal that ended it. */
export const Exit = t.readonly(t.type({ code: nullable(t.number), signal: nullable(t.string) }))
export type Exit = t.TypeOf<typeof Exit>

/** The last error that borg reported; `msgid` is borg's own key for it, where it gave one. */
export const BorgError = t.readonly(t.type({ msgid: nullable(t.string), message: t.string }))
export type BorgError = t.TypeOf<typeof BorgError>

/** Alike warnings counted together; `message` is the first of them. */
export const Warning = t.readonly(t.type({ code: t.string, message: t.string, count: Count }))
export type Warning = t.TypeOf<typeof Warning>

/** An archive that was made. Sizes in bytes; null where borg did not tell. */
export const ArchiveMade = t.readonly(
  t.type({
    name: Text,
    id: nullable(t.string),
    files: nullable(Count),
    originalBytes: nullable(Count),
    compressedBytes: nullable(Count),
    deduplicatedBytes: nullable(Count),
  }),
)
export type ArchiveMade = t.TypeOf<typeof ArchiveMade>

/**
 * What a backup's run left behind. `exit` is null when the process is gone and left no report.
 * `archive` was looked for in the repository by its job id (`looked`), unless borg itself reported it made; without a look, a null proves nothing.
 */
export const BackupEvidence = t.readonly(
  t.type({
    exit: nullable(Exit),
    lastError: nullable(BorgError),
    warnings: t.readonlyArray(Warning),
    archive: nullable(ArchiveMade),
    looked: t.boolean,
    /** Source roots that are not there after the run. */
    missingSources: t.readonlyArray(t.string),
    /** Borg's own id of the repository, as the run saw it. */
    borgId: nullable(t.string),
    borgVersion: nullable(t.string),
  }),
)
export type BackupEvidence = t.TypeOf<typeof BackupEvidence>

/** What was seen before a run: a run begins only when nothing here speaks against it. */
export const Preflight = t.readonly(
  t.type({
    missingSources: t.readonlyArray(t.string),
    /** Why the passphrase cannot be had, or null. Never the passphrase. */
    passphraseProblem: nullable(t.string),
    /** Why borg cannot be run, or null. */
    executableProblem: nullable(t.string),
  }),
)
export type Preflight = t.TypeOf<typeof Preflight>

/**
 * Who a process is, for as long as the machine is up. `startTicks` is field 22 of /proc/<pid>/stat: clock ticks after boot.
 */
export const ProcessIdentity = t.readonly(t.type({ pid: Count, startTicks: t.string, bootId: t.string, pidNamespace: t.string }))
export type ProcessIdentity = t.TypeOf<typeof ProcessIdentity>

/** What an owner finds of a run that an earlier owner began. */
export const RunTraces = t.readonly(
  t.type({
    /** `never`: the process was never started. `ended`: it left a report. `none`: it was started and left no report (yet). */
    report: t.keyof({ never: null, ended: null, none: null }),
    liveness: t.keyof({ alive: null, gone: null, unknown: null }),
  }),
)
export type RunTraces = t.TypeOf<typeof RunTraces>
