// `npm run demo`: installs and builds what is missing, finds borg or gets it, and runs the demo of examples/demo.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { installDependencies, installPrograms, npm, sayMissing } from './install.mjs'

const demo = fileURLToPath(new URL('../examples/demo/demo.mjs', import.meta.url))

const isReady = () => {
  if (!installDependencies() || !npm('run', '--silent', 'build')) return false
  const missing = installPrograms(['borg'])
  if (missing.length > 0) console.error(sayMissing(missing))
  return missing.length === 0
}

/** The exit code of the demo. A signal that ends us is for the demo to act on. */
const runDemo = (args) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [demo, ...args], { stdio: 'inherit' })
    process.on('SIGINT', () => undefined)
    process.on('SIGTERM', () => child.kill('SIGTERM'))
    child.once('exit', (code) => resolve(code ?? 1))
  })

process.exitCode = isReady() ? await runDemo(process.argv.slice(2)) : 1
