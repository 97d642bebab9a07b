/** What the history answers. */
import { ClaimMode, Count, closed, Instant, nullable, ScheduleDefinition, Settings, SlotClass } from '@borgledger/domain'
import type { Explained, HeadCheck, PastState, RepositoryExplained, Verification, WhatIf } from 'borgledger'
import * as t from 'io-ts'
import { RepositoryRecord } from './repository.js'
import { recordOf, textOrNull, texts } from './shape.js'

const rules = closed('versions of the rules', { recorded: nullable(t.number), today: t.number }, {})
const DecisionFault = closed(
  'a decision that is another one today',
  { command: t.string, stored: textOrNull, decided: textOrNull, rules, chainHolds: t.boolean },
  {},
)
const Divergence = closed(
  'the first thing that does not hold',
  {
    position: nullable(Count),
    commitId: textOrNull,
    what: t.string,
    cause: t.keyof({ chain: null, decision: null, 'changed-rules': null, tables: null }),
  },
  { decision: DecisionFault, row: closed('a row that does not hold', { table: t.string, row: t.string, what: t.string }, {}) },
)

export const VerificationRecord = recordOf<Verification>()(
  closed(
    'a verdict over the log',
    { ok: t.boolean, position: Count, hash: t.string, commits: Count, events: Count },
    { divergence: Divergence, changedRules: closed('decisions under other rules', { decisions: Count, first: Divergence }, {}) },
  ),
)

export const ExplainedRecord = recordOf<Explained>()(closed('an event in words', { position: Count, at: Instant, sentence: t.string }, {}))

export const RepositoryExplainedRecord = recordOf<RepositoryExplained>()(
  closed('a repository in words', { summary: t.string, items: t.readonlyArray(ExplainedRecord) }, {}),
)

export const HeadCheckRecord = recordOf<HeadCheck>()(
  closed('whether a signed head holds', { ok: t.boolean, position: Count, what: t.string }, {}),
)

const Claim = closed('a claim', { jobId: textOrNull, keys: texts, mode: ClaimMode }, {})

export const PastStateRecord = recordOf<PastState>()(
  closed(
    'the ledger as it was',
    {
      position: Count,
      at: nullable(Instant),
      settings: Settings,
      owner: closed('who owned it', { host: textOrNull, dispatching: t.boolean }, {}),
      repositories: t.readonlyArray(RepositoryRecord),
      schedules: t.readonlyArray(closed('a schedule', { id: t.string, definition: ScheduleDefinition }, {})),
      slots: t.readonlyArray(closed('slots that were held', { slot: SlotClass, jobs: texts }, {})),
      claims: t.readonlyArray(Claim),
      running: texts,
      pending: texts,
    },
    {},
  ),
)

const counts = { startedEarlier: Count, startedLater: Count, endedOtherwise: Count, logsKept: Count, logsRemoved: Count, instants: Count }
const Difference = closed('a difference', { about: t.string, what: t.string }, {})

export const WhatIfRecord = recordOf<WhatIf>()(
  closed(
    'what would have been',
    { identical: t.boolean, events: Count, differences: closed('differences', { ...counts, items: t.readonlyArray(Difference) }, {}) },
    {},
  ),
)
