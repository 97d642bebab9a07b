/** A repository, its archives, and what became of its lock, as they are answered. */
import { CallOutcome, Count, closed, Instant, JobStatus, nullable, SecretRef } from '@borgledger/domain'
import type { ArchiveList, LockBroken, Repository } from 'borgledger'
import * as t from 'io-ts'
import { Fault, Outcome, recordOf, textOrNull, texts } from './shape.js'

const JobRef = closed(
  'a job in short',
  {
    id: t.string,
    state: JobStatus,
    outcome: Outcome,
    finishedAt: nullable(Instant),
    deleted: t.boolean,
  },
  {},
)

export const RepositoryRecord = recordOf<Repository>()(
  closed(
    'a repository',
    {
      id: t.string,
      name: t.string,
      location: t.string,
      remote: t.boolean,
      borgId: textOrNull,
      passphrase: nullable(SecretRef),
      borg: nullable(closed('which borg runs', { executable: t.string }, {})),
      registeredAt: Instant,
      lastBackup: nullable(JobRef),
      lastCheck: nullable(JobRef),
      position: Count,
    },
    {},
  ),
)

const Archive = closed(
  'an archive',
  { name: t.string, id: textOrNull, startedAt: t.string, series: textOrNull, jobId: textOrNull, comment: t.string },
  {},
)

export const ArchiveListRecord = recordOf<ArchiveList>()(
  closed('the archives of a repository', { items: t.readonlyArray(Archive), listedAt: nullable(Instant) }, {}),
)

export const LockBrokenRecord = recordOf<LockBroken>()(
  closed(
    'what became of a lock',
    {
      outcome: CallOutcome,
      holders: nullable(texts),
      error: nullable(Fault),
    },
    {},
  ),
)
