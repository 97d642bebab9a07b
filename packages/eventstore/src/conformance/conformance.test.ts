import { suite } from 'uvu'
import { conformanceCases, lacking, memoryHarness } from './index.js'

const harness = memoryHarness()
const test = suite('the in-memory store')
const beyond = new Set(harness.beyond)
for (const conformanceCase of conformanceCases.filter(({ needs = [] }) => !needs.some((need) => beyond.has(need)))) {
  const bind = lacking(harness, conformanceCase).length > 0 ? test.skip : test
  bind(conformanceCase.title, () => conformanceCase.run(harness))
}

test.run()
