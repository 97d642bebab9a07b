// Imports every module that is named, as ESM and by `require`, and says how many names each gives.
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
for (const name of process.argv.slice(2)) {
  const names = Object.keys(await import(name)).filter((key) => key !== 'default' && key !== 'module.exports')
  const required = Object.keys(require(name)).filter((key) => key !== 'default' && key !== '__esModule')
  if (names.join() !== required.join()) throw new Error(`${name}: import gives ${names}, require gives ${required}`)
  console.log(`${name} ${names.length}`)
}
