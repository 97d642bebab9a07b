import { given, ownerReady, tokenCreated } from '@borgledger/testkit'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Command } from '../command.js'
import { evolve, initialState } from '../state.js'
import { SecretHash, TokenName } from './index.js'

const { type: _, ...content } = tokenCreated()
const create = (over: object = {}): Command => ({ type: 'CreateToken', ...content, ...over })
const revoke: Command = { type: 'RevokeToken', tokenId: 'reader' }
const scene = given(ownerReady(), tokenCreated())

test('a token is created, under an id and a name of its own', () => {
  given().when(create()).thenExactly(tokenCreated())
  scene.when(create({ name: 'another' })).thenRefused('IdTaken', { id: 'reader' })
  scene.when(create({ tokenId: 'another' })).thenRefused('TokenNameTaken', { name: 'reader' })
  scene.when(create({ tokenId: 'another', name: 'another' })).thenExactly(tokenCreated('another'))
})

test('a token is revoked once, and its name is free again', () => {
  scene.when(revoke).thenExactly({ type: 'TokenRevoked', tokenId: 'reader' })
  const revoked = given(tokenCreated(), { type: 'TokenRevoked', tokenId: 'reader' })
  revoked.when(revoke).thenRefused('TokenNotFound', { tokenId: 'reader' })
  revoked.when(create({ tokenId: 'another' })).thenExactly(tokenCreated('another', { name: 'reader' }))
})

test('it is kept who made a token, and when', () => {
  const { tokens } = evolve(initialState, { event: tokenCreated(), position: 1, at: '2026-11-03T02:13:00.000Z', actor: 'user:anna' })
  assert.equal(tokens.get('reader'), { ...content, createdAt: '2026-11-03T02:13:00.000Z', createdBy: 'user:anna' })
})

test('a name is one line, and a hash is a hash: no secret passes for one', () => {
  for (const name of ['', 'two\nlines', 'x'.repeat(101), 7]) assert.ok(E.isLeft(TokenName.decode(name)), String(name))
  for (const name of ['ci', "Anna's phone", 'Größe 1', 'x'.repeat(100)]) assert.ok(E.isRight(TokenName.decode(name)), name)
  for (const hash of ['', 'A'.repeat(64), 'a'.repeat(63), 'blt_secret']) assert.ok(E.isLeft(SecretHash.decode(hash)), hash)
})

test.run()
