import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { faultOf } from './borg-faults.js'
import { JobErrorCode } from './error.js'

const said = (msgid: string | null, message = 'text', code: number | null = 2) =>
  faultOf({ lastError: { msgid, message }, exit: { code, signal: null } })
const exited = (code: number | null) => faultOf({ lastError: null, exit: { code, signal: null } })

/** Measured on borg 1.2.4 and 1.4.0, which name the same fault by the same id; the last column is the exit code of 1.4.0. */
const faults = [
  ['PassphraseWrong', 'passphrase-wrong', 52],
  ['NoPassphraseFailure', 'passphrase-missing', 50],
  ['PasscommandFailure', 'passphrase-missing', 51],
  ['Repository.DoesNotExist', 'repository-missing', 13],
  ['Repository.InvalidRepository', 'repository-invalid', 15],
  ['Archive.AlreadyExists', 'archive-exists', 30],
  ['Archive.DoesNotExist', 'archive-not-found', 31],
  ['LockTimeout', 'repository-locked', 73],
  ['Cache.RepositoryAccessAborted', 'repository-relocated', 62],
  ['ConnectionClosedWithHint', 'connection-failed', 81],
  ['ConnectionClosed', 'connection-lost', 80],
  ['IntegrityError', 'integrity', 90],
] as const

for (const [msgid, fault, code] of faults) {
  test(`${msgid} is ${fault}, and so is exit code ${code} alone`, () => {
    assert.is(said(msgid), fault)
    assert.is(exited(code), fault)
  })
}

test('what borg names is believed before its exit code', () => {
  assert.is(said('PassphraseWrong', 'text', 73), 'passphrase-wrong')
})

test('a full disk is known by its text, whatever borg calls it', () => {
  assert.is(said('Exception', '[Errno 28] No space left on device', 2), 'no-space')
  assert.is(said(null, 'data.3: read: [Errno 28]', 2), 'no-space')
})

test('a lost chunk is known by its text where borg gives no name', () => {
  assert.is(said(null, 'Object with key 00ab not found in repository /r'), 'integrity')
  assert.is(said('Exception', 'Data integrity error: Segment entry checksum mismatch'), 'integrity')
})

test('a connection that was lost while borg was sending is known by its text: borg tells it as a crash', () => {
  const told = 'Local Exception: borg.remote.ConnectionClosed: Connection closed by remote host; BrokenPipeError: [Errno 32] Broken pipe'
  assert.is(said('Exception', told), 'connection-lost')
  assert.is(said('Exception', 'Local Exception: BrokenPipeError: [Errno 32] Broken pipe'), 'borg-failed')
})

test('what is unknown is borg-failed, and so is an end without any word', () => {
  assert.is(said('Something.New', 'text', 2), 'borg-failed')
  assert.is(exited(2), 'borg-failed')
  assert.is(exited(99_999), 'borg-failed')
  assert.is(exited(null), 'borg-failed')
  assert.is(faultOf({ lastError: null, exit: null }), 'borg-failed')
})

test('whatever borg ends with has a code that jobs know', () => {
  for (let code = 0; code < 256; code++) assert.ok(JobErrorCode.is(exited(code)))
})

test.run()
