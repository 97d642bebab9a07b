/**
 * Names the shape of the decision state, and what its fields mean: a kept state of another name is of no use to this program, which then
 * folds the log anew.
 *
 * `structure` is a hash over the paths of the states that the samples of all events fold to; a test says what it must be. `meaning` counts up
 * by hand when the same events fold to another state of the same structure.
 */
import { rulesVersion } from '../rules-version.js'

const structure = 'ec4cc910ce463936'
const meaning = 1

export const stateStructure = structure
export const stateShape = `${structure}.${meaning}.${rulesVersion}`
