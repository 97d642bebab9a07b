import { archiveListed, archiveMade, evidenceOf, failedEvidenceOf, prunedArchive, workOf } from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { EvidenceOf } from '../run/index.js'
import type { Work } from '../spec.js'
import { judgeCompact, judgeDelete, judgePlan, judgePrune } from './changing.js'
import type { Asked } from './cut-short.js'
import type { StepEnding } from './ending.js'

const undisturbed: Asked = { cancelRequested: false, recovery: null }
const cancelled: Asked = { cancelRequested: true, recovery: null }
const cutShort: Asked = { cancelRequested: false, recovery: 'fail' }
const exit = (code: number | null, signal: string | null = null) => ({ exit: { code, signal } })
const listed = (...names: ReadonlyArray<string>) => names.map((name) => archiveListed(name))

/** Tag, rule and effect; the error's code, or the codes of the warnings. */
const gist = (ending: StepEnding) => {
  if (ending.tag === 'GoOn') return [ending.tag]
  const told = ending.tag === 'Failed' ? [ending.error.code] : ending.warnings.map(({ code }) => code)
  return [ending.tag, ending.rule, ending.effect, ...told]
}
type Row<E> = readonly [what: string, seen: Partial<E>, of: Asked, ...gist: ReadonlyArray<string>]

const locked = { ...exit(2), lastError: { msgid: 'LockTimeout', message: 'locked' } }
const compacts: ReadonlyArray<Row<EvidenceOf<'compact'>>> = [
  ['ends well', {}, undisturbed, 'Completed', 'compacted', 'complete'],
  ['ends with a warning', exit(1), undisturbed, 'Completed', 'compacted', 'complete', 'borg-warning'],
  ['fails', exit(2), undisturbed, 'Failed', 'borg-error', 'partial', 'borg-failed'],
  ['never began', locked, undisturbed, 'Failed', 'borg-error', 'none', 'repository-locked'],
  ['is stopped', exit(143), cancelled, 'Cancelled', 'cancelled', 'partial'],
  ['ends well though it was asked to stop', {}, cancelled, 'Completed', 'compacted', 'complete'],
  ['is gone after a restart', { exit: null }, cutShort, 'Failed', 'interrupted', 'partial', 'interrupted-by-restart'],
]
for (const [what, seen, of, ...expected] of compacts)
  test(`a compact that ${what}: ${expected.join(', ')}`, () => {
    assert.equal(gist(judgeCompact(of, evidenceOf('compact', seen))), expected)
  })

const job = (spec: object = {}) => ({ work: { type: 'prune', spec: { ...workOf('prune').spec, ...spec } } as Work })
const unplanned = { ...exit(2), keeps: null, prunes: null }
const plans: ReadonlyArray<Row<EvidenceOf<'prune-plan'>>> = [
  ['names archives of its series', {}, undisturbed, 'GoOn'],
  ['names nothing', { prunes: [] }, undisturbed, 'Completed', 'nothing-to-prune', 'none'],
  [
    'names an archive of another series',
    { prunes: ['media-20260901T021300Z'] },
    undisturbed,
    'Failed',
    'plan-refused',
    'none',
    'prune-plan-refused',
  ],
  ['names the newest good archive', { prunes: [archiveMade().name] }, undisturbed, 'Failed', 'plan-refused', 'none', 'prune-plan-refused'],
  ['could not be made', unplanned, undisturbed, 'Failed', 'no-plan', 'none', 'borg-failed'],
  ['was not told', { prunes: null }, undisturbed, 'Failed', 'no-plan', 'none', 'borg-failed'],
  ['was stopped', { ...unplanned, ...exit(143) }, cancelled, 'Cancelled', 'cancelled', 'none'],
  ['is gone after a restart', { ...unplanned, exit: null }, cutShort, 'Failed', 'interrupted', 'none', 'interrupted-by-restart'],
]
for (const [what, seen, of, ...expected] of plans)
  test(`a plan that ${what}: ${expected.join(', ')}`, () => {
    assert.equal(gist(judgePlan({ ...of, ...job() }, evidenceOf('prune-plan', seen), [archiveMade().name])), expected)
  })

test('a dry run is over with its plan, and without effect; one that must not be carried out fails all the same', () => {
  const dry = { ...undisturbed, ...job({ dryRun: true }) }
  assert.equal(gist(judgePlan(dry, evidenceOf('prune-plan'), [])), ['Completed', 'planned', 'none'])
  assert.equal(gist(judgePlan(dry, evidenceOf('prune-plan'), [prunedArchive])).slice(0, 2), ['Failed', 'plan-refused'])
})

const [a, b, newest] = ['laptop-20260801T021300Z', prunedArchive, archiveMade().name]
const before = listed(a, b, newest)
const prunes: ReadonlyArray<Row<EvidenceOf<'prune'>>> = [
  ['deleted all of its plan', { after: listed(newest) }, undisturbed, 'Completed', 'pruned-as-planned', 'complete'],
  [
    'took full effect and broke off',
    { ...exit(2), after: listed(newest) },
    undisturbed,
    'Completed',
    'pruned-as-planned',
    'complete',
    'borg-failed',
  ],
  [
    'took full effect after it was asked to stop',
    { ...exit(2), after: [] },
    cancelled,
    'Completed',
    'pruned-as-planned',
    'complete',
    'borg-failed',
  ],
  ['left one of its plan', { ...exit(2), after: listed(b, newest) }, undisturbed, 'Failed', 'not-pruned', 'partial', 'borg-failed'],
  ['was stopped half-way', { ...exit(143), after: listed(b, newest) }, cancelled, 'Cancelled', 'cancelled', 'partial'],
  ['deleted nothing', { ...exit(2), after: before }, undisturbed, 'Failed', 'not-pruned', 'none', 'borg-failed'],
  ['ended well and deleted nothing', { after: before }, undisturbed, 'Failed', 'not-pruned', 'none', 'borg-failed'],
  ['nobody could look after', { after: null }, undisturbed, 'Failed', 'not-pruned', 'unknown', 'borg-failed'],
  [
    'found one deleted by another hand',
    { before: listed(b, newest), after: listed(newest) },
    undisturbed,
    'Completed',
    'pruned-as-planned',
    'complete',
  ],
  ['nobody could look before', { before: null, after: listed(newest) }, undisturbed, 'Completed', 'pruned-as-planned', 'complete'],
  [
    'is gone after a restart, with full effect',
    { exit: null, after: [] },
    cutShort,
    'Failed',
    'interrupted',
    'complete',
    'interrupted-by-restart',
  ],
  [
    'is gone after a restart, half-way',
    { exit: null, after: listed(b) },
    cutShort,
    'Failed',
    'interrupted',
    'partial',
    'interrupted-by-restart',
  ],
]
for (const [what, seen, of, ...expected] of prunes)
  test(`a prune that ${what}: ${expected.join(', ')}`, () => {
    assert.equal(gist(judgePrune(of, evidenceOf('prune', { before, ...seen }), [a, b])), expected)
  })

const deletes: ReadonlyArray<Row<EvidenceOf<'delete'>>> = [
  ['deleted its archive', {}, undisturbed, 'Completed', 'archive-gone', 'complete'],
  ['deleted its archive, then broke off', exit(2), undisturbed, 'Completed', 'archive-gone', 'complete', 'borg-failed'],
  ['deleted its archive after it was asked to stop', exit(2), cancelled, 'Completed', 'archive-gone', 'complete', 'borg-failed'],
  ['ended well over a missing archive', { before: [], after: [] }, undisturbed, 'Failed', 'no-such-archive', 'none', 'archive-not-found'],
  ['warned of a missing archive', { ...exit(1), before: [] }, undisturbed, 'Failed', 'no-such-archive', 'none', 'archive-not-found'],
  ['left its archive', { ...exit(2), after: listed('laptop-1') }, undisturbed, 'Failed', 'archive-not-gone', 'none', 'borg-failed'],
  ['ended well and left its archive', { after: listed('laptop-1') }, undisturbed, 'Failed', 'archive-not-gone', 'none', 'borg-failed'],
  ['nobody could look after', { ...exit(2), after: null }, undisturbed, 'Failed', 'archive-not-gone', 'unknown', 'borg-failed'],
  ['never began', { ...locked, before: null, after: null }, undisturbed, 'Failed', 'archive-not-gone', 'none', 'repository-locked'],
  ['was stopped in time', { ...exit(143), after: listed('laptop-1') }, cancelled, 'Cancelled', 'cancelled', 'none'],
]
for (const [what, seen, of, ...expected] of deletes)
  test(`a delete that ${what}: ${expected.join(', ')}`, () => {
    assert.equal(gist(judgeDelete(of, evidenceOf('delete', seen), 'laptop-1')), expected)
  })

test('where borg ended well without the effect, the list of archives says what is wrong', () => {
  const message = (ending: StepEnding) => (ending.tag === 'Failed' ? ending.error.message : ending.tag)
  assert.match(
    message(judgePrune(undisturbed, evidenceOf('prune', { after: null }), [b])),
    'borg ended well, but its effect could not be seen',
  )
  assert.match(message(judgeDelete(undisturbed, evidenceOf('delete', { after: listed('laptop-1') }), 'laptop-1')), 'is still there')
  const broken = judgePrune(undisturbed, failedEvidenceOf('prune', { after: [] }), [b])
  assert.match(broken.warnings[0]?.message ?? '', 'it took effect, then: borg ended with exit code 2')
})

test.run()
