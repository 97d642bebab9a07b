import { archiveMade, evidence, failedEvidence } from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { EvidenceOf } from '../run/index.js'
import { judgeCreate } from './create.js'
import type { Asked } from './cut-short.js'

type Created = EvidenceOf<'create'>
const undisturbed: Asked = { cancelRequested: false, recovery: null }
const judge = (seen: Created, goodSizes: ReadonlyArray<number> = [], of: Partial<Asked> = {}) =>
  judgeCreate({ ...undisturbed, ...of }, seen, goodSizes)
const codes = (seen: Created, goodSizes: ReadonlyArray<number> = []) => judge(seen, goodSizes).warnings.map(({ code }) => code)
const exit = (code: number | null, signal: string | null = null) => ({ exit: { code, signal } })

test('an archive that was made completes the backup', () => {
  assert.equal(judge(evidence()), { tag: 'Completed', rule: 'archive-made', warnings: [], effect: 'complete' })
})

test("a warning of borg's is kept as it is", () => {
  const warnings = [{ code: 'borg-warning', message: 'x: permission denied', count: 3 }]
  assert.equal(judge(evidence({ ...exit(105), warnings })).warnings, warnings)
})

test('an exit code that warns is a warning, also when no line said of what', () => {
  assert.equal(codes(evidence(exit(0))), [])
  assert.equal(codes(evidence(exit(1))), ['borg-warning'])
  assert.equal(codes(evidence(exit(100))), ['files-changed'])
  for (const code of [101, 105, 107, 127]) assert.equal(codes(evidence(exit(code))), ['borg-warning'])
})

test('an exit code of 101 and above is not explained by files that changed; 1 and 100 are', () => {
  const warnings = [{ code: 'files-changed', message: 'a', count: 1 }]
  assert.equal(codes(evidence({ ...exit(1), warnings })), ['files-changed'])
  assert.equal(codes(evidence({ ...exit(100), warnings })), ['files-changed'])
  assert.equal(codes(evidence({ ...exit(107), warnings })), ['files-changed', 'borg-warning'])
})

test('an archive that was made stands, whatever the exit: the rest becomes a warning', () => {
  const cases: ReadonlyArray<readonly [Partial<Created>, string, string]> = [
    [{ ...exit(2), lastError: { msgid: null, message: 'No space left on device' } }, 'no-space', 'No space left on device'],
    [exit(143), 'borg-failed', 'ended by SIGTERM'],
    [exit(null, 'SIGKILL'), 'borg-failed', 'ended by SIGKILL'],
    [{ exit: null }, 'borg-failed', 'left no report'],
    [exit(64), 'borg-failed', 'borg ended with exit code 64'],
  ]
  for (const [seen, code, message] of cases) {
    const ending = judge(evidence(seen))
    assert.is(ending.tag, 'Completed')
    assert.is(ending.warnings[0]?.code, code)
    assert.match(ending.warnings[0]?.message ?? '', 'the archive was made, then: ')
    assert.match(ending.warnings[0]?.message ?? '', message)
    assert.not.match(ending.warnings[0]?.message ?? '', 'made no archive')
  }
})

test('source roots that are gone at the end are a warning that names them', () => {
  const [warning] = judge(evidence({ missingSources: ['/a', '/b'] })).warnings
  assert.equal(warning, { code: 'source-missing', message: 'gone at the end of the run: /a, /b', count: 2 })
})

test('an archive without any file is suspiciously small', () => {
  assert.equal(codes(evidence({ archive: archiveMade({ files: 0 }) })), ['suspiciously-small'])
})

test('less than half the median of the last good sizes is suspiciously small; exactly half is not', () => {
  const sized = (originalBytes: number | null) => evidence({ archive: archiveMade({ originalBytes }) })
  const sizes = [10, 1_000, 100, 5_000, 90]
  assert.equal(codes(sized(49), sizes), ['suspiciously-small'])
  assert.equal(codes(sized(50), sizes), [])
  assert.equal(codes(sized(0), []), [])
  assert.equal(codes(sized(null), sizes), [])
  assert.match(judge(sized(49), sizes).warnings[0]?.message ?? '', '49 bytes, less than half of 100 bytes, the median of the last 5 good')
})

test('without an archive the backup failed, for what borg said last', () => {
  const seen = failedEvidence({
    lastError: { msgid: 'PassphraseWrong', message: 'passphrase is incorrect' },
    exit: { code: 52, signal: null },
  })
  assert.equal(judge(seen), {
    tag: 'Failed',
    rule: 'no-archive',
    warnings: [],
    effect: 'none',
    error: { code: 'passphrase-wrong', message: 'passphrase is incorrect', msgid: 'PassphraseWrong', exitCode: 52 },
  })
})

test('an exit code of 0 without an archive is no success', () => {
  const ending = judge(failedEvidence(exit(0)))
  assert.is(ending.tag, 'Failed')
  assert.match(ending.tag === 'Failed' ? ending.error.message : '', 'exit code 0 and made no archive')
})

test('where nobody could look, no archive is proof of nothing, save where borg cannot have begun', () => {
  const unlooked = (seen: Partial<Created>) => judge(failedEvidence({ looked: false, ...seen })).effect
  assert.is(unlooked({}), 'unknown')
  assert.is(unlooked({ exit: null }), 'unknown')
  assert.is(unlooked(exit(80)), 'unknown')
  for (const code of [52, 50, 13, 15, 62, 73, 30, 81]) assert.is(unlooked(exit(code)), 'none', `exit code ${code}`)
  assert.is(judge(failedEvidence({ looked: true })).effect, 'none')
})

test('a cancelled backup without an archive is cancelled; with one it is completed', () => {
  const asked = { cancelRequested: true }
  assert.equal(judge(failedEvidence(exit(143)), [], asked), {
    tag: 'Cancelled',
    rule: 'cancelled',
    warnings: [],
    effect: 'none',
  })
  assert.is(judge(failedEvidence({ looked: false }), [], asked).effect, 'unknown')
  assert.is(judge(evidence(exit(143)), [], asked).tag, 'Completed')
})

for (const recovery of ['stop', 'fail'] as const) {
  test(`a backup that cleanup decided to ${recovery} fails with its true effect, unless borg came to its end by itself`, () => {
    const cut = (seen: Created) => judge(seen, [], { recovery })
    const none = cut(failedEvidence({ exit: null }))
    assert.equal([none.tag, none.rule, none.effect], ['Failed', 'interrupted', 'none'])
    assert.is(none.tag === 'Failed' && none.error.code, 'interrupted-by-restart')
    const made = cut(evidence({ exit: null, looked: true }))
    assert.equal([made.tag, made.rule, made.effect], ['Failed', 'interrupted', 'complete'])
    assert.match(made.tag === 'Failed' ? made.error.message : '', 'the archive was made')
    assert.is(cut(evidence(exit(143))).tag, 'Failed')
    for (const code of [0, 1, 100, 127]) assert.is(cut(evidence(exit(code))).tag, 'Completed', `exit code ${code}`)
  })
}

test('a backup that cleanup follows is judged like any other', () => {
  assert.is(judge(evidence({ exit: null }), [], { recovery: 'follow' }).tag, 'Completed')
  assert.is(judge(failedEvidence(), [], { recovery: 'follow' }).rule, 'no-archive')
})

test.run()
