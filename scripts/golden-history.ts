/**
 * Writes the golden history of today's version: a log, as it is exported, of jobs of every type that the real rules decided.
 *
 * Run before the first release when a rule or a shape changes: npx tsx --conditions=@borgledger/source scripts/golden-history.ts
 * A history that was released is never written again: a rule that changes raises `rulesVersion`, and gets a history of its own beside it.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { eventVersion } from '@borgledger/domain'
import { exportLog } from '@borgledger/engine'
import { generatedHistory, looseLog } from '@borgledger/testkit'

const file = fileURLToPath(new URL(`../packages/engine/src/audit/fixtures/golden-history-v${eventVersion}.jsonl`, import.meta.url))
const commits = [...generatedHistory({ jobs: 24, seed: 20_261_103, repositories: 2 })]

let text = ''
for await (const piece of exportLog(looseLog(commits))) text += piece
writeFileSync(file, text)
