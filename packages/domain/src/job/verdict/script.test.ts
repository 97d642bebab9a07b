import { evidenceOf, runWork } from '@borgledger/testkit'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { scriptFault } from './script.js'

const work = runWork('script', { timeoutMs: 1_500 })
const faultOf = (over: Parameters<typeof evidenceOf<'script'>>[1]) => scriptFault(work, evidenceOf('script', over))
const exit = (code: number) => ({ exit: { code, signal: null } })

test('only exit code 0 within its time is a good end; what borg means by its codes means nothing here', () => {
  assert.is(faultOf(exit(0)), null)
  for (const code of [1, 2, 100, 107, 127]) {
    const message = `script stop-db ended with exit code ${code}`
    assert.equal(faultOf(exit(code)), { code: 'script-failed', message, exitCode: code })
  }
})

test('its last words are told, and no more than a line of them', () => {
  const lastError = { msgid: null, message: 'one\ntwo\nnot mounted\n' }
  assert.is(faultOf({ ...exit(7), lastError })?.message, 'script stop-db ended with exit code 7: not mounted')
  const long = faultOf({ ...exit(7), lastError: { msgid: null, message: 'x'.repeat(900) } })
  assert.is(long?.message, `script stop-db ended with exit code 7: ${'x'.repeat(200)}`)
})

test('one that was ended by a signal, or is gone, says so', () => {
  assert.is(faultOf(exit(143))?.message, 'script stop-db was ended by SIGTERM')
  assert.is(faultOf({ exit: null })?.message, 'script stop-db is gone and left no report')
})

test('one whose time was over has failed, whatever it made of the signal', () => {
  const message = 'the time of 1.5 s of script stop-db was over; it was ended with its group'
  for (const code of [0, 143]) assert.equal(faultOf({ ...exit(code), timedOut: true }), { code: 'script-timeout', message })
})

test.run()
