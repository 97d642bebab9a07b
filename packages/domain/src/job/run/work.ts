/**
 * What one run does: the whole description of a process to be started, without secrets. It stands in the log before the process is there,
 * and is enough to follow the run after a crash.
 */
import * as t from 'io-ts'
import { Count, Id, nullable, Text } from '../../codec/index.js'
import { ScriptProgram } from '../../script/events.js'
import { BackupSpec, Destination, Keep } from '../spec.js'

const work = <K extends string, P extends t.Props>(kind: K, props: P) => t.readonly(t.type({ kind: t.literal(kind), ...props }))

/** Which archives a prune is about: those whose name matches a pattern of borg's shell style. */
const prune = { keep: Keep, pattern: Text }

export const RunWork = t.union([
  /** `comment` names series and job: by it the archive is found again, whatever its name. */
  work('create', { archive: Text, comment: Text, spec: BackupSpec }),
  work('extract', { archive: Text, paths: t.readonlyArray(Text), destination: Destination, stripComponents: Count }),
  work('check', {
    mode: t.keyof({ repository: null, archives: null, full: null }),
    verifyData: t.boolean,
    maxDurationMs: nullable(Count),
    last: nullable(Count),
  }),
  /** `threshold` in percent of a segment's space; null: borg's own default. */
  work('compact', { threshold: nullable(t.number) }),
  /** Says what a prune would keep and what it would delete; changes nothing. */
  work('prune-plan', prune),
  work('prune', prune),
  work('delete', { archive: Text }),
  /** `archive` may be `latest`. */
  work('restore-check', { archive: Text, paths: t.readonlyArray(Text), mode: t.keyof({ extract: null, 'dry-run': null }) }),
  /** The script as it was then. `env`: beside `PATH` and the like, the script's own variables and those of the hook. */
  work('script', { scriptId: Id, name: Text, program: ScriptProgram, timeoutMs: Count, env: t.record(t.string, t.string) }),
  work('package', { package: Text }),
])
export type RunWork = t.TypeOf<typeof RunWork>
export type RunKind = RunWork['kind']
export type WorkOf<K extends RunKind> = Extract<RunWork, { readonly kind: K }>
