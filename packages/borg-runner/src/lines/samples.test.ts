/**
 * Every kind of line that was captured of real borg 1.2.4 and 1.4.0, by run (`fixtures/samples`: alike lines of a run are kept twice).
 */
import { faultOf } from '@borgledger/domain'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { sampleText as file, type Sample, samples } from '../fixtures/samples.js'
import { decodeLine } from './decode.js'
import { logText } from './log-text.js'
import { createReport } from './report.js'
import { nothingSeen, type Seen, see } from './seen.js'

const seenOf = ({ lines }: Sample): Seen => lines.flatMap(decodeLine).reduce(see, nothingSeen)

const bothOf = (name: string): ReadonlyArray<Seen> =>
  Object.values(samples).map((all) => seenOf(all.find((sample) => sample.name === name) ?? fail(name)))
const fail = (name: string): never => {
  throw new Error(`no sample ${name}`)
}

test('every captured line is decoded, and only what borg wrote as plain text stays text', () => {
  let count = 0
  for (const all of Object.values(samples)) {
    assert.ok(all.length > 80)
    for (const line of all.flatMap(({ lines }) => lines)) {
      const decoded = decodeLine(line)
      assert.is(
        decoded.some(({ tag }) => tag === 'text'),
        !line.startsWith('{'),
        line,
      )
      for (const part of decoded) assert.type(logText(part, 0) ?? '', 'string')
      count += 1
    }
  }
  assert.ok(count > 1_000, String(count))
})

test('the exit code that borg tells is the one with which it ended', () => {
  let told = 0
  for (const all of Object.values(samples))
    for (const sample of all) {
      const { exitCode } = seenOf(sample)
      if (exitCode === null) continue
      assert.is(exitCode, sample.exitCode, sample.name)
      told += 1
    }
  assert.ok(told > 100, String(told))
})

const faults = {
  err_passphrase_wrong: ['PassphraseWrong', 'passphrase-wrong'],
  err_passphrase_missing: ['NoPassphraseFailure', 'passphrase-missing'],
  err_passcommand_fail: ['PasscommandFailure', 'passphrase-missing'],
  err_repo_missing: ['Repository.DoesNotExist', 'repository-missing'],
  err_repo_invalid: ['Repository.InvalidRepository', 'repository-invalid'],
  err_relocated_q: ['Cache.RepositoryAccessAborted', 'repository-relocated'],
  create_exists: ['Archive.AlreadyExists', 'archive-exists'],
  lock_timeout_w2: ['LockTimeout', 'repository-locked'],
  lock_malformed: ['LockTimeout', 'repository-locked'],
  ssh_auth_denied: ['ConnectionClosedWithHint', 'connection-failed'],
  sshdrop_killssh: ['ConnectionClosed', 'connection-lost'],
  cond_diskfull: ['Exception', 'no-space'],
  corrupt_extract_real: ['IntegrityError', 'integrity'],
} as const

for (const [name, [msgid, code]] of Object.entries(faults))
  test(`${name}: the last error is ${msgid}, which is ${code}`, () => {
    for (const { lastError, exitCode } of bothOf(name)) {
      assert.is(lastError?.msgid, msgid)
      assert.is(faultOf({ lastError, exit: exitCode === null ? null : { code: exitCode, signal: null } }), code, lastError?.message ?? '')
    }
  })

test('an exception is told by its own words, without the frames and the description of the machine', () => {
  for (const { lastError } of bothOf('cond_diskfull'))
    assert.is(lastError?.message, 'Local Exception: OSError: [Errno 28] No space left on device')
})

test('a good run has no error and no warning', () => {
  for (const seen of bothOf('create_progress_json')) {
    assert.is(seen.lastError, null)
    assert.equal(seen.warnings, [])
    assert.is(seen.commits, 1)
  }
})

test('a changed file is counted apart from other warnings', () => {
  for (const seen of bothOf('cond_filechanged'))
    assert.equal(seen.warnings, [{ code: 'files-changed', message: 'chg/busy.log: file changed while we backed it up', count: 1 }])
  for (const seen of bothOf('create_warn_missing')) assert.is(seen.warnings[0]?.code, 'borg-warning')
})

test('a stale lock that borg healed, and words of ssh, are no warnings', () => {
  for (const seen of bothOf('signal_KILL_next_list')) assert.equal(seen.warnings, [])
  for (const seen of bothOf('ssh_init')) assert.not(seen.warnings.some(({ message }) => /Permanently added|Identity file/.test(message)))
})

test('usage errors and crashes of Python at the start are kept as words', () => {
  for (const seen of bothOf('err_argparse')) assert.match(seen.words.join('\n'), 'usage: ')
  for (const seen of bothOf('sigop_startup_INT')) assert.is(seen.words[seen.words.length - 1], 'KeyboardInterrupt')
})

test('the report of a created archive gives its id and its sizes', () => {
  const report = createReport(file('create.stdout.json'))
  assert.match(report?.archive.id ?? '', /^[0-9a-f]{64}$/)
  assert.match(report?.borgId ?? '', /^[0-9a-f]{64}$/)
  assert.ok((report?.archive.originalBytes ?? 0) > 0)
  assert.is(createReport(file('create.stdout.json').slice(0, -10)), null, 'half a report is none')
  assert.is(createReport('null'), null)
})

test('a check tells how much is damaged, and the first of it', () => {
  for (const { problems, firstProblem } of bothOf('corrupt_check_repo')) {
    assert.ok(problems > 1)
    assert.match(firstProblem ?? '', 'integrity error')
  }
  for (const { problems } of bothOf('check_verify')) assert.is(problems, 0)
})

test('a prune tells what it keeps and what it deletes by id; a compact what it freed; an extract what matched nothing', () => {
  for (const { pruning } of bothOf('prune'))
    assert.equal(
      pruning.map(({ keeps }) => keeps),
      [true, true, false, false],
    )
  for (const { freed } of bothOf('compact')) assert.match(freed ?? '', /^89\.7\d MB$/)
  for (const { unmatched } of bothOf('extract_nomatch')) assert.equal(unmatched, ['no/such/path'])
})

test.run()
