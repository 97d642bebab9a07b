/**
 * Which archives a prune is about, and which it must never touch.
 *
 * A series is matched by its name and by the form of the time stamp after it: `home-*` alone would also match `home-media-…`.
 */
import { isUnfinished } from './archive-name.js'
import type { Work } from './spec.js'

type PruneSpec = Extract<Work, { readonly type: 'prune' }>['spec']

const digits = (count: number): string => '[0-9]'.repeat(count)
const stampPattern = `${digits(8)}T${digits(6)}Z`

/** In borg's shell style. Names of series hold nothing that is special there. */
export const prunePatternOf = ({ series, glob }: PruneSpec): string => {
  if (series !== undefined) return `${series}-${stampPattern}*`
  return glob ?? '*'
}

/** With the number of a later attempt, and as the checkpoint of an interrupted one: a prune deletes old checkpoints too. */
const stamped = /^(.+)-\d{8}T\d{6}Z(-\d+)?(\.checkpoint(\.\d+)?)?$/

/** The series that an archive's name speaks of; null when it has another form. */
export const seriesOfArchive = (name: string): string | null => stamped.exec(name)?.[1] ?? null

/** By name, as borg's dry run says; `keeps` is null where that could not be seen. */
interface Plan {
  readonly keeps: ReadonlyArray<string> | null
  readonly prunes: ReadonlyArray<string>
}

/** Why the plan must not be carried out; null when it may. `newestGood`: the newest good archives of the repository's series. */
export const planProblem = (spec: PruneSpec, { keeps, prunes }: Plan, newestGood: ReadonlyArray<string>): string | null => {
  const foreign = spec.series === undefined ? undefined : prunes.find((name) => seriesOfArchive(name) !== spec.series)
  if (foreign !== undefined) return `the plan would delete ${foreign}, which is not of series ${spec.series}`
  const newest = prunes.find((name) => newestGood.includes(name))
  if (newest !== undefined) return `the plan would delete ${newest}, the newest good archive of its series`
  const lost = prunes.filter((name) => !isUnfinished(name)).length
  return keeps?.every(isUnfinished) && lost > 0 ? `the plan would keep no archive, and delete ${lost}` : null
}
