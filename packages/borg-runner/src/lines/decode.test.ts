/** Decoding is total: what is not understood is kept as text. */
import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { decodeLine } from './decode.js'
import { logText } from './log-text.js'
import { nothingSeen, see } from './seen.js'

test('an empty line is nothing', () => {
  assert.equal(decodeLine(''), [])
  assert.equal(decodeLine('  '), [])
})

test('a prompt that is glued to an object is text, and the object is read', () => {
  const [prompt, error] = decodeLine(
    'Enter passphrase for key /r: {"type": "log_message", "levelname": "ERROR", "message": "no", "msgid": "X"}',
  )
  assert.equal(prompt, { tag: 'text', text: 'Enter passphrase for key /r: ' })
  assert.ok(error?.tag === 'log' && error.msgid === 'X')
})

test('words of the remote side lose their prefix', () => {
  const [line] = decodeLine('{"type": "log_message", "levelname": "ERROR", "name": "borg.repository", "message": "Remote: broken"}')
  assert.ok(line?.tag === 'log' && line.message === 'broken')
})

test('lone surrogates, as borg 1.x writes for undecodable paths, become the replacement character', () => {
  const [line] = decodeLine('{"type": "file_status", "status": "E", "path": "a\\udcffb\\ud83d\\ude00"}')
  assert.equal(line, { tag: 'file', status: 'E', path: 'a\uFFFDb😀' })
})

test('numbers that no count can be become 0 or the largest count', () => {
  const line = (size: string) => decodeLine(`{"type": "archive_progress", "original_size": ${size}, "nfiles": -3}`)[0]
  const sizeOf = (size: string) => (line(size) as { originalBytes: number }).originalBytes
  assert.is(sizeOf('1e300'), Number.MAX_SAFE_INTEGER)
  assert.is(sizeOf('-5'), 0)
  assert.is((line('1') as { files: number }).files, 0)
})

test('no line, however strange, is refused', () => {
  const messages = fc.record(
    {
      type: fc.constantFrom('log_message', 'archive_progress', 'progress_percent', 'file_status', 'other'),
      message: fc.anything(),
      time: fc.anything(),
    },
    { requiredKeys: [] },
  )
  const lines = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    messages.map((message) => JSON.stringify(message)),
  )
  fc.assert(
    fc.property(lines, (text) => {
      for (const line of decodeLine(text)) {
        logText(line, 0)
        see(nothingSeen, line)
      }
    }),
    { seed: 20261123, numRuns: 2_000 },
  )
})

test('a log entry has a UTC time and a level; its further lines are indented; control characters are shown', () => {
  const [line] = decodeLine('{"type": "log_message", "levelname": "ERROR", "message": "one\\ntwo\\u0007\\u0000", "time": 1795439652.5}')
  assert.is(line && logText(line, 0), '2026-11-23T13:14:12.500Z ERROR   one\n    two\\x07\\x00\n')
})

test('an error with borg’s key stays, whatever comes after it without one', () => {
  const said = (msgid: string | null, message: string) =>
    ({ tag: 'log', level: 'ERROR', logger: 'borg.archiver', atMs: null, msgid, message }) as const
  const seen = [said(null, 'first'), said('LockTimeout', 'locked'), said(null, 'later')].reduce(see, nothingSeen)
  assert.equal(seen.lastError, { msgid: 'LockTimeout', message: 'locked' })
})

test.run()
