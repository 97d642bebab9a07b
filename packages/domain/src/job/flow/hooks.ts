/**
 * The scripts of a backup as steps of it: pre-scripts come before its work, post-scripts after its ending is decided.
 *
 * A step is called `pre:<script>` or `post:<script>`; a second hook of the same script and phase is `pre:<script>#2`.
 */
import type { BackupSpec, Work } from '../spec.js'

type Spec = NonNullable<BackupSpec['scripts']>[number]

/** How the work of a job went, in the words of a step's end. A post-script for a failure is none for a cancel. */
export type HowItWent = 'success' | 'warning' | 'failure' | 'cancelled'

export interface Hook {
  readonly step: string
  readonly scriptId: string
  readonly phase: Spec['phase']
  /** Of a pre-script: what its failure makes of the backup. */
  readonly onFailure: NonNullable<Spec['onFailure']>
  /** Of a post-script: after which ends it is due. */
  readonly runOn: NonNullable<Spec['runOn']>
}

const hooksOf = (work: Work): ReadonlyArray<Hook> => {
  const hooks = work.type === 'backup' ? (work.spec.scripts ?? []) : []
  return hooks.map(({ id, phase, onFailure = 'fail', runOn = 'always' }, index) => {
    const before = hooks.slice(0, index).filter((other) => other.id === id && other.phase === phase).length
    const step = `${phase}:${id}${before === 0 ? '' : `#${before + 1}`}`
    return { step, scriptId: id, phase, onFailure, runOn }
  })
}

/** Null for a step that is no script. */
export const hookAt = (work: Work, step: string): Hook | null => hooksOf(work).find((hook) => hook.step === step) ?? null

export const preScriptsOf = (work: Work): ReadonlyArray<Hook> => hooksOf(work).filter(({ phase }) => phase === 'pre')

/** Those that are due when the work went so. */
export const postScriptsAfter = (work: Work, how: HowItWent): ReadonlyArray<Hook> =>
  hooksOf(work).filter(({ phase, runOn }) => phase === 'post' && (runOn === 'always' || runOn === how))
