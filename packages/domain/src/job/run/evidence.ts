/**
 * What a run leaves behind: how its process ended, borg's own words, and what was then seen of the repository. The raw facts from which an
 * outcome is decided, and from which it can be decided again by a better rule. What could not be seen is null.
 */
import * as t from 'io-ts'
import { Count, nullable, Text } from '../../codec/index.js'
import { ArchiveListed } from '../../repository/events.js'
import { Exit } from './process.js'

/** The last error that borg reported; `msgid` is borg's own key for it, where it gave one. */
export const BorgError = t.readonly(t.type({ msgid: nullable(t.string), message: t.string }))
export type BorgError = t.TypeOf<typeof BorgError>

/** Alike warnings counted together; `message` is the first of them. */
export const Warning = t.readonly(t.type({ code: t.string, message: t.string, count: Count }))
export type Warning = t.TypeOf<typeof Warning>

/** An archive that was made. `at`: when it was begun, RFC 3339 UTC. Sizes in bytes; null where borg did not tell. */
export const ArchiveMade = t.readonly(
  t.type({
    name: Text,
    id: nullable(t.string),
    at: nullable(Text),
    files: nullable(Count),
    originalBytes: nullable(Count),
    compressedBytes: nullable(Count),
    deduplicatedBytes: nullable(Count),
  }),
)
export type ArchiveMade = t.TypeOf<typeof ArchiveMade>

const Archives = nullable(t.readonlyArray(ArchiveListed))

/**
 * What became of the repository's lock after a run of ours was interrupted or found it held. `holder`: who holds it (`refused`), or held it.
 * `out-of-reach`: the connection to a remote repository was lost, so nobody can see from here whether the other side still holds it.
 */
export const LockOutcome = t.readonly(
  t.type({
    outcome: t.keyof({ 'not-needed': null, broken: null, refused: null, failed: null, 'out-of-reach': null }),
    holder: nullable(t.string),
  }),
)
export type LockOutcome = t.TypeOf<typeof LockOutcome>

/** What every run leaves. `exit` is null when the process is gone and left no report. */
const common = {
  exit: nullable(Exit),
  lastError: nullable(BorgError),
  warnings: t.readonlyArray(Warning),
  /** Borg's own id of the repository, as the run saw it. */
  borgId: nullable(t.string),
  borgVersion: nullable(t.string),
  /** Null when there was no reason to look, and always when a remote repository was reached. */
  lock: nullable(LockOutcome),
}
const left = <K extends string, P extends t.Props>(kind: K, props: P) => t.readonly(t.type({ kind: t.literal(kind), ...common, ...props }))

/** `archive` was looked for by the job's id (`looked`) unless borg reported it made; without a look, a null proves nothing. */
const Created = left('create', { archive: nullable(ArchiveMade), looked: t.boolean, missingSources: t.readonlyArray(t.string) })

export const RunEvidence = t.union([
  Created,
  /** `unmatched`: paths asked for that match nothing in the archive. */
  left('extract', { unmatched: t.readonlyArray(t.string) }),
  /** `problems`: how many lines told of damage, `firstProblem` the first of them. */
  left('check', { problems: Count, firstProblem: nullable(t.string) }),
  left('compact', { freedBytes: nullable(Count) }),
  /** By name, as borg's own dry run said. */
  left('prune-plan', { keeps: nullable(t.readonlyArray(t.string)), prunes: nullable(t.readonlyArray(t.string)), archives: Archives }),
  left('prune', { before: Archives, after: Archives }),
  left('delete', { before: Archives, after: Archives }),
  /** `archive`: the one that was checked. `hashed`: files whose content was compared by hash. Sizes in bytes. */
  left('restore-check', {
    archive: nullable(t.string),
    files: Count,
    bytes: Count,
    hashed: Count,
    mismatches: t.readonlyArray(t.readonly(t.type({ path: t.string, what: t.string }))),
    unmatched: t.readonlyArray(t.string),
  }),
  left('script', { timedOut: t.boolean }),
  left('package', { version: nullable(t.string) }),
])
export type RunEvidence = t.TypeOf<typeof RunEvidence>
export type EvidenceOf<K extends RunEvidence['kind']> = Extract<RunEvidence, { readonly kind: K }>
