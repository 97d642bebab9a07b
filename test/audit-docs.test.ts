/** docs/audit.md: what stands there is what the ledger says today. */
import { readFileSync } from 'node:fs'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { auditFile, withExamples } from '../scripts/audit-examples.js'

test('the explanations in docs/audit.md are what is said today', async () => {
  const text = readFileSync(auditFile, 'utf8')
  assert.is(text, await withExamples(text), 'remedy: npx tsx --conditions=@borgledger/source scripts/audit-examples.ts')
})

test('an explanation that says something else is found', async () => {
  const other = readFileSync(auditFile, 'utf8').replace('job_check', 'job_other')
  assert.is.not(other, await withExamples(other))
})

test.run()
