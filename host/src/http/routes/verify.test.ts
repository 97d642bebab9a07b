import type { Borgledger } from 'borgledger'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { verifyMessages } from './verify.js'

type Verdict = Awaited<ReturnType<Borgledger['verify']>>
const verdict: Verdict = { ok: true, position: 9, hash: 'h', commits: 3, events: 9 }

/** A verification that is told what it hears and when it ends. */
const verification = () => {
  let [resolve, reject] = [(_: Verdict): void => undefined, (_: Error): void => undefined]
  const promise = new Promise<Verdict>((...settle) => {
    resolve = settle[0]
    reject = settle[1]
  })
  let tell = (_: number): void => undefined
  const ledger = {
    position: () => 9,
    verify: (onProgress: (position: number) => void = () => undefined) => {
      tell = onProgress
      return promise
    },
  }
  return { ledger, tell: (position: number) => tell(position), end: () => resolve(verdict), fail: () => reject(new Error('no log')) }
}

test('how far it is comes at once, and the verdict at its end', async () => {
  const { ledger, tell, end } = verification()
  const messages = verifyMessages(ledger, new AbortController().signal)
  assert.equal((await messages.next()).value, { event: 'progress', data: '{"position":0,"of":9}' })
  tell(4)
  end()
  assert.equal((await messages.next()).value, { event: 'verdict', data: JSON.stringify(verdict) })
  assert.is((await messages.next()).done, true)
})

test('whoever leaves is told no more, and a verification that fails then hurts nobody', async () => {
  const { ledger, fail } = verification()
  const leaving = new AbortController()
  const messages = verifyMessages(ledger, leaving.signal)
  await messages.next()
  leaving.abort()
  assert.is((await messages.next()).done, true)
  fail()
})

test('one that fails breaks the stream off', async () => {
  const { ledger, fail } = verification()
  const messages = verifyMessages(ledger, new AbortController().signal)
  await messages.next()
  fail()
  let cause: unknown
  await messages.next().catch((error: unknown) => (cause = error))
  assert.match((cause as Error).message, 'no log')
})

test.run()
