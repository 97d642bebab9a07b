// Real faults, one after the other, on real borg: what each job ended with, and what was checked afterwards. Prints one table; exits with 1 when
// a row is not as expected.
//
// Run after a build: node examples/faults/faults.mjs [words of the faults to make]
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hasSshd, loopbackSshd } from '@borgledger/testkit/loopback-sshd'
import { aroundIt, onTheWay } from './around-it.mjs'
import { cancels } from './cancels.mjs'
import { inTheRepository } from './in-the-repository.mjs'
import { makeScene } from './scene.mjs'

const words = process.argv.slice(2)
const keys = mkdtempSync(join(tmpdir(), 'borgledger-sshd-'))
const sshd = hasSshd() ? await loopbackSshd(keys) : null
const scene = await makeScene(sshd === null ? {} : { configFile: sshd.clientConfig, aliveEveryS: 1, unansweredMax: 2 })
const faults = [...inTheRepository, ...aroundIt, ...(sshd === null ? [] : onTheWay(sshd)), ...cancels]
if (sshd === null) console.log('faults on the way to a remote repository were left out: there is no sshd')

const widths = [5, 66, 15, 9, 18, 8, 26]
let wrong = 0
console.log(
  ['', 'fault', 'job', 'ended', 'code', 'effect', 'rule'].map((text, index) => text.padEnd(widths[index])).join('  ') +
    '  checked afterwards',
)
try {
  for (const fault of faults.filter(({ fault }) => words.every((word) => fault.includes(word)))) await show(fault)
  const verdict = await scene.ledger.verify()
  console.log(verdict.ok ? `history verified: ${verdict.events} events` : `history NOT whole: ${verdict.divergence.what}`)
  if (!verdict.ok) wrong++
} finally {
  await scene.close()
  await sshd?.close()
  rmSync(keys, { recursive: true, force: true })
}
console.log(wrong === 0 ? 'every fault ended as it must' : `${wrong} NOT as expected`)
process.exitCode = wrong === 0 ? 0 : 1

/** The row of a fault, and below it what is not as it should be. */
async function show({ fault, expect, make }) {
  const { end, checked } = await make(scene)
  const seen = { state: end.state, code: codeOf(end), effect: end.effect, rule: await scene.ruleOf(end.id) }
  const troubles = [
    ...Object.entries(expect)
      .filter(([key, wanted]) => ![wanted].flat().includes(seen[key]))
      .map(([key, wanted]) => `${key} should be ${wanted}`),
    ...Object.entries(checked)
      .filter(([, holds]) => !holds)
      .map(([what]) => `not so: ${what}`),
  ]
  if (troubles.length > 0) wrong++
  const columns = [
    troubles.length === 0 ? 'ok' : 'WRONG',
    fault,
    end.type,
    end.state,
    seen.code ?? '-',
    end.effect ?? '-',
    seen.rule ?? '-',
  ]
  console.log(`${columns.map((text, index) => text.padEnd(widths[index])).join('  ')}  ${Object.keys(checked).join(', ')}`)
  for (const trouble of troubles) console.log(`       ${trouble}${end.error === null ? '' : ` (${end.error.message})`}`)
}

/** A job that completed all the same says what was wrong in its warnings. */
function codeOf({ error, warnings }) {
  return error?.code ?? warnings.find(({ code }) => code !== 'files-changed')?.code ?? null
}
