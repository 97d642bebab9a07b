import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { sayPage } from './say.js'

const say = (items: ReadonlyArray<string>, nextCursor: string | null) =>
  sayPage({ items, nextCursor }, 'pets', ['NAME', 'LENGTH'], (name) => [name, String(name.length)])

test('a list that goes on says so, and one of nothing that there is nothing', () => {
  const table = ['NAME    LENGTH', 'cat     3', 'gerbil  6']
  assert.equal(say(['cat', 'gerbil'], null), table)
  assert.equal(say(['cat', 'gerbil'], 'next'), [...table, 'there are more pets than these 2'])
  assert.equal(say([], null), ['no pets'])
})

test.run()
