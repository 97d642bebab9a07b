/** What the codecs of bodies take, their schemas take too; what names a strange field, both refuse. */
import { decodeWith } from '@borgledger/domain'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { bodies } from 'borgledger'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { schemaOf } from './schema-of.js'

const schedule = { name: 'S', cron: '0 2 * * *', timeZone: 'UTC', job: { type: 'compact', repositoryId: 'r' } }
const samples: Readonly<Record<keyof typeof bodies, object>> = {
  job: {
    type: 'backup',
    repositoryId: 'r',
    sources: ['/home'],
    prune: { keep: { last: 1 } },
    compact: { threshold: 10 },
    onBusy: 'refuse',
  },
  repository: { id: 'r', name: 'R', location: '/r', passphrase: { env: 'P' }, create: { encryption: 'repokey' } },
  repositoryPatch: { passphrase: null },
  breakLock: { reason: 'nobody is there' },
  schedule: { ...schedule, overlap: 'skip', windowMs: null },
  schedulePatch: { enabled: false },
  script: { name: 'S', argv: ['/bin/true'], env: { A: 'b' } },
  scriptPatch: { timeoutMs: 3 },
  target: { name: 'T', kind: 'webhook', config: { url: 'https://h/x' }, events: ['backup-failure'], repositories: 'all' },
  targetPatch: { repositories: ['r'] },
  settingsPatch: { shutdown: 'detach', allowedDestinations: ['/restore'] },
  token: { name: 'ci', role: 'operator', expiresAt: '2999-01-01T00:00:00Z' },
  alternative: { settings: { logRetentionDays: 3 }, schedules: { nightly: { overlap: 'allow' } } },
  signedHead: { position: 1, hash: 'h', at: 'a', signature: 's', publicKey: 'k' },
}
/** It comes from a file, and its codec passes over what it does not know. */
const open = new Set(['signedHead'])

const ajv = new Ajv2020({ strict: true, strictRequired: false })

for (const [name, codec] of Object.entries(bodies))
  test(`${name}: codec and schema agree`, () => {
    const takes = ajv.compile(schemaOf(codec, new Map()))
    const sample = samples[name as keyof typeof bodies]
    assert.ok(E.isRight(decodeWith(codec, sample)))
    assert.ok(takes(sample), ajv.errorsText(takes.errors))
    const strange = { ...sample, strange: 1 }
    assert.is(E.isRight(decodeWith(codec, strange)), open.has(name))
    assert.is(takes(strange), open.has(name))
  })

test.run()
