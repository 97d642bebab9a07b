/**
 * What a spec whose fields are each right may still get wrong as a whole. Paths are those of the request's body.
 */
import type { Problem } from '../codec/index.js'
import { templateProblem } from './archive-name.js'
import type { Work } from './spec.js'

type SpecOf<T extends Work['type']> = Extract<Work, { readonly type: T }>['spec']

/** None when the work can be asked for. */
export const specProblems = (work: Work, repositoryId: string | null): ReadonlyArray<Problem> => {
  if (work.type !== 'package-install' && repositoryId === null) return [{ path: 'repositoryId', message: 'expected an id, got nothing' }]
  switch (work.type) {
    case 'backup':
      return [...templateProblems(work.spec), ...hookProblems(work.spec)]
    case 'check':
      return modeProblems(work.spec)
    case 'prune':
      return selectorProblems(work.spec)
    case 'restore':
    case 'compact':
    case 'archive-delete':
    case 'restore-check':
    case 'package-install':
      return []
  }
}

const templateProblems = ({ archiveName }: SpecOf<'backup'>): ReadonlyArray<Problem> => {
  const problem = archiveName === undefined ? null : templateProblem(archiveName)
  return problem === null ? [] : [{ path: 'archiveName', message: `${problem}, got ${JSON.stringify(archiveName)}` }]
}

/** What would change nothing may be said; what would not be done is refused. */
const hookProblems = ({ scripts = [] }: SpecOf<'backup'>): ReadonlyArray<Problem> =>
  scripts.flatMap(({ phase, onFailure = 'continue', runOn = 'always' }, index) => {
    if (phase === 'pre' && runOn !== 'always') {
      return [{ path: `scripts.${index}.runOn`, message: `expected no such field for a pre-script, which always runs, got ${runOn}` }]
    }
    if (phase === 'pre' || onFailure === 'continue') return []
    const message = `expected no such field for a post-script, which changes nothing of the backup's end, got ${onFailure}`
    return [{ path: `scripts.${index}.onFailure`, message }]
  })

/** Borg bounds the time of a check of the repository only, and looks at archives and their data in the other modes only. */
const modeProblems = (spec: SpecOf<'check'>): ReadonlyArray<Problem> => {
  const wrong = spec.mode === 'repository' ? (['verifyData', 'last'] as const) : (['maxDurationMs'] as const)
  return wrong
    .filter((field) => spec[field] !== undefined && spec[field] !== false)
    .map((field) => ({ path: field, message: `expected no such field in mode ${spec.mode}, got ${spec[field]}` }))
}

const selectorProblems = ({ series, glob, allArchives }: SpecOf<'prune'>): ReadonlyArray<Problem> => {
  const given = Object.entries({ series, glob, allArchives }).filter(([, selector]) => selector !== undefined)
  if (given.length === 1) return []
  const got = given.length === 0 ? 'none' : given.map(([field]) => field).join(' and ')
  return [{ path: 'series', message: `expected exactly one of series, glob and allArchives, got ${got}` }]
}
