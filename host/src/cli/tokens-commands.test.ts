import { readFile } from 'node:fs/promises'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type BorgPlace, borgPlace } from '../fixtures/borg-place.js'
import { commandLine } from '../fixtures/command-line.js'
import type { Ended } from '../fixtures/program.js'

let place: BorgPlace
test.before.each(async () => {
  place = await borgPlace()
})
test.after.each(() => place.remove())

const run = (...args: ReadonlyArray<string>): Promise<Ended> => commandLine(['token', ...args], place.env)

test('a token is made, its secret printed alone, listed without it, and deleted', async () => {
  const made = await run('create', '--name', 'ci', '--role', 'operator', '--id', 'ci')
  assert.is(made.status, 0)
  assert.match(made.stdout, /^blt_[\w-]{43}\n$/)
  assert.match(made.stderr, /token ci \(ci\) is made, role operator/)
  const listed = await run()
  assert.match(listed.stdout, /ci +operator +\S+Z +never +ci/)
  assert.not.match(listed.stdout, made.stdout.trim())
  assert.not.match(await readFile(`${place.dataDir}/log.db`, 'latin1'), made.stdout.trim())
  assert.is((await run('delete', 'ci')).status, 0)
  assert.is((await run()).stdout, 'no tokens\n')
})

test('in JSON it is the record with the secret; the least role is what nobody said', async () => {
  const token = JSON.parse((await run('create', '--name', 'eye', '--expires', '2999-01-01T00:00:00Z', '--json')).stdout)
  assert.equal([token.role, token.expiresAt, token.createdBy], ['viewer', '2999-01-01T00:00:00.000Z', 'user:cli'])
  assert.match(token.secret, /^blt_/)
  assert.equal((await run('list', '--json')).stdout.includes(token.secret), false)
})

test('wrong usage ends with 2, what is not there with 1', async () => {
  const wrong = [
    ['create'],
    ['create', '--name', 'x', '--role', 'king'],
    ['create', '--name', 'x', '--expires', '1999-01-01T00:00:00Z'],
    ['delete'],
  ]
  for (const args of wrong) assert.is((await run(...args)).status, 2, args.join(' '))
  const gone = await run('delete', 'nobody')
  assert.equal([gone.status, gone.stderr], [1, 'token-not-found: there is no token nobody\n'])
})

test.run()
