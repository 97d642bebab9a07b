/** Who is told of what happens, and what became of it. */
export { TargetBody, TargetPatch } from './target-body.js'
export { createTargets, type Targets } from './targets.js'
