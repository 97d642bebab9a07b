import { evidenceOf } from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { EvidenceOf } from '../run/index.js'
import type { Asked } from './cut-short.js'
import type { Ending } from './ending.js'
import { judgeInstall } from './install.js'
import { judgeCheck, judgeExtract, judgeRestoreCheck } from './read-only.js'

const undisturbed: Asked = { cancelRequested: false, recovery: null }
const cancelled: Asked = { cancelRequested: true, recovery: null }
const cutShort: Asked = { cancelRequested: false, recovery: 'stop' }
const exit = (code: number | null, signal: string | null = null) => ({ exit: { code, signal } })

/** Tag, rule and effect; the error's code, or the codes of the warnings. */
const gist = (ending: Ending) => {
  const told = ending.tag === 'Failed' ? [ending.error.code] : ending.warnings.map(({ code }) => code)
  return [ending.tag, ending.rule, ending.effect, ...told]
}
type Row<E> = readonly [what: string, seen: Partial<E>, of: Asked, ...gist: ReadonlyArray<string>]

const broken = { ...exit(90), lastError: { msgid: 'IntegrityError', message: 'a chunk is damaged' } }
const extracts: ReadonlyArray<Row<EvidenceOf<'extract'>>> = [
  ['ends well', {}, undisturbed, 'Completed', 'extracted', 'complete'],
  ['ends with a warning', exit(105), undisturbed, 'Completed', 'extracted', 'complete', 'borg-warning'],
  [
    'matches nothing with a path',
    { ...exit(101), unmatched: ['home/x'] },
    undisturbed,
    'Failed',
    'unmatched-paths',
    'partial',
    'paths-not-found',
  ],
  ['breaks off', exit(2), undisturbed, 'Failed', 'borg-error', 'partial', 'borg-failed'],
  ['meets damage', broken, undisturbed, 'Failed', 'borg-error', 'partial', 'integrity'],
  ['never began', exit(31), undisturbed, 'Failed', 'borg-error', 'none', 'archive-not-found'],
  ['is stopped', exit(143), cancelled, 'Cancelled', 'cancelled', 'partial'],
  ['ends well though it was asked to stop', {}, cancelled, 'Completed', 'extracted', 'complete'],
  ['is stopped after a restart', exit(143), cutShort, 'Failed', 'interrupted', 'partial', 'interrupted-by-restart'],
]
for (const [what, seen, of, ...expected] of extracts)
  test(`a restore that ${what}: ${expected.join(', ')}`, () => {
    assert.equal(gist(judgeExtract(of, evidenceOf('extract', seen))), expected)
  })

const checks: ReadonlyArray<Row<EvidenceOf<'check'>>> = [
  ['finds nothing', {}, undisturbed, 'Completed', 'no-damage', 'complete'],
  ['ends with exit code 1', exit(1), undisturbed, 'Failed', 'damage-found', 'none', 'integrity'],
  ['ends with another warning', exit(101), undisturbed, 'Failed', 'damage-found', 'none', 'integrity'],
  ['told of damage and ended with 0', { problems: 1 }, undisturbed, 'Failed', 'damage-found', 'none', 'integrity'],
  ['finds damage after it was asked to stop', { ...exit(1), problems: 2 }, cancelled, 'Failed', 'damage-found', 'none', 'integrity'],
  ['fails', exit(2), undisturbed, 'Failed', 'borg-error', 'none', 'borg-failed'],
  ['is stopped', exit(143), cancelled, 'Cancelled', 'cancelled', 'none'],
  ['is stopped after it had found damage', { ...exit(143), problems: 2 }, cancelled, 'Cancelled', 'cancelled', 'none', 'integrity'],
  ['is gone after a restart', { exit: null }, cutShort, 'Failed', 'interrupted', 'none', 'interrupted-by-restart'],
]
for (const [what, seen, of, ...expected] of checks)
  test(`a check that ${what}: ${expected.join(', ')}`, () => {
    assert.equal(gist(judgeCheck(of, evidenceOf('check', seen))), expected)
  })

test('a check that found damage says the first that it found', () => {
  const told = (over: Partial<EvidenceOf<'check'>>) => {
    const ending = judgeCheck(undisturbed, evidenceOf('check', { ...exit(1), ...over }))
    return ending.tag === 'Failed' ? [ending.error.message, ending.error.exitCode] : ending.tag
  }
  assert.equal(told({ problems: 3, firstProblem: 'segment 4 is gone' }), ['segment 4 is gone', 1])
  assert.equal(told({}), ['borg found damage', 1])
  const stopped = judgeCheck(cancelled, evidenceOf('check', { ...exit(143), problems: 3, firstProblem: 'segment 4 is gone' }))
  assert.equal(stopped.warnings, [{ code: 'integrity', message: 'before it was broken off: segment 4 is gone', count: 3 }])
})

const differs = { mismatches: [{ path: 'home/a', what: 'size 3, expected 4' }] }
const restoreChecks: ReadonlyArray<Row<EvidenceOf<'restore-check'>>> = [
  ['restores all as it was', {}, undisturbed, 'Completed', 'restorable', 'none'],
  ['finds a difference', differs, undisturbed, 'Failed', 'restored-otherwise', 'none', 'integrity'],
  ['finds a difference, then breaks off', { ...differs, ...exit(2) }, cancelled, 'Failed', 'restored-otherwise', 'none', 'integrity'],
  ['matches nothing with a path', { unmatched: ['home/x'] }, undisturbed, 'Failed', 'unmatched-paths', 'none', 'paths-not-found'],
  ['meets damage', broken, undisturbed, 'Failed', 'borg-error', 'none', 'integrity'],
  ['is stopped', exit(143), cancelled, 'Cancelled', 'cancelled', 'none'],
  ['is gone after a restart', { exit: null }, cutShort, 'Failed', 'interrupted', 'none', 'interrupted-by-restart'],
]
for (const [what, seen, of, ...expected] of restoreChecks)
  test(`a restore check that ${what}: ${expected.join(', ')}`, () => {
    assert.equal(gist(judgeRestoreCheck(of, evidenceOf('restore-check', seen))), expected)
  })

test('a restore check that differs says how often, and where first', () => {
  const ending = judgeRestoreCheck(undisturbed, evidenceOf('restore-check', differs))
  assert.is(ending.tag === 'Failed' && ending.error.message, '1 differ from the archive, first home/a: size 3, expected 4')
})

const installs: ReadonlyArray<Row<EvidenceOf<'package'>>> = [
  ['ends with 0', {}, undisturbed, 'Completed', 'installed', 'complete'],
  ['ends with anything else', exit(1), undisturbed, 'Failed', 'not-installed', 'unknown', 'package-failed'],
  ['is stopped by force', exit(143), cancelled, 'Cancelled', 'cancelled', 'unknown'],
]
for (const [what, seen, of, ...expected] of installs)
  test(`an installation that ${what}: ${expected.join(', ')}`, () => {
    assert.equal(gist(judgeInstall(of, evidenceOf('package', seen))), expected)
  })

test.run()
