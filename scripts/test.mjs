// `npm test`: everything that must hold, from a fresh clone on. Installs what is missing; then format and lint, types, build, and all suites,
// which include the checks of the documents, the layers and the packages. The last line says `N passed, M failed`.
import { installDependencies, installPrograms, npm, sayMissing } from './install.mjs'
import { findSuites, runSuites } from './suites.mjs'

/** Scripts of package.json that count as one test each. */
const steps = ['lint', 'types', 'build']

const sum = { passed: 0, failed: 0, skipped: 0 }
const add = (counts) => {
  for (const key of Object.keys(sum)) sum[key] += counts[key] ?? 0
}

const runStep = (name) => {
  const holds = npm('run', '--silent', name)
  console.log(`${holds ? 'ok  ' : 'FAIL'} ${name}`)
  add(holds ? { passed: 1 } : { failed: 1 })
}

const runAll = async () => {
  if (!installDependencies()) return add({ failed: 1 })
  const missing = installPrograms()
  if (missing.length > 0) console.log(`${sayMissing(missing)}; tests that need them are skipped`)
  for (const name of steps) runStep(name)
  add(await runSuites(findSuites()))
}

await runAll()
console.log(`${sum.passed} passed, ${sum.failed} failed${sum.skipped > 0 ? `, ${sum.skipped} skipped` : ''}`)
process.exitCode = sum.failed > 0 || sum.passed === 0 ? 1 : 0
