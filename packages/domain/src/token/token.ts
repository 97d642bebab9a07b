/**
 * What a token is: a name by which its deeds are known, and a role. Of its secret, 256 random bits, the SHA-256 alone is kept: with that much chance in it,
 * nothing is to be guessed, and neither salt nor a slow hash would add anything.
 */
import * as t from 'io-ts'
import { refined } from '../codec/index.js'

/** `metrics` sees the metrics alone; `viewer` reads; `operator` also starts and cancels jobs; `admin` does everything. */
export const TokenRole = t.keyof({ metrics: null, viewer: null, operator: null, admin: null })
export type TokenRole = t.TypeOf<typeof TokenRole>

/** It stands in the log as the actor of all that is done with the token, so it is one line. */
export const TokenName = refined(t.string, 'a name of 1 to 100 characters in one line', (text) => /^[^\p{Cc}]{1,100}$/u.test(text))

export const SecretHash = refined(t.string, 'a SHA-256 in hexadecimal', (text) => /^[0-9a-f]{64}$/.test(text))
