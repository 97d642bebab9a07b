import { suite } from 'uvu'
import { conformanceCases, lacking, memoryHarness } from './index.js'

const harness = memoryHarness()
const test = suite('the in-memory store')
for (const conformanceCase of conformanceCases) {
  const bind = lacking(harness, conformanceCase).length > 0 ? test.skip : test
  bind(conformanceCase.title, () => conformanceCase.run(harness))
}

test.run()
