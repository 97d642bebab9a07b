import { Command, decodeWith, JobType } from '@borgledger/domain'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import {
  arbitraryRequest,
  arbitraryWork,
  generatedPackages,
  generatedScripts,
  given,
  ownerReady,
  packagesAllowed,
  repositoryRegistered,
  scriptAdded,
} from './index.js'

const seed = 20261103

test('requests of every type are made, decode and are accepted', () => {
  const types = new Set<string>()
  const scene = given(
    ownerReady(),
    repositoryRegistered('laptop'),
    repositoryRegistered('desk'),
    packagesAllowed(...generatedPackages),
    generatedScripts.map((id) => scriptAdded(id)),
  )
  fc.assert(
    fc.property(arbitraryRequest('job_1', ['laptop', 'desk']), (request) => {
      types.add(request.work.type)
      assert.equal(decodeWith(Command, JSON.parse(JSON.stringify(request))), E.right(request))
      scene.when(request).thenTypes('JobRequested', 'JobStarted')
    }),
    { seed, numRuns: 300 },
  )
  assert.equal([...types].sort(), Object.keys(JobType.keys).sort())
})

test('only the types asked for are made', () => {
  for (const { type } of fc.sample(arbitraryWork('check', 'prune'), { seed, numRuns: 50 })) assert.ok(type === 'check' || type === 'prune')
})

test.run()
