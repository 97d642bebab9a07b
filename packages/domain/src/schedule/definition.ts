/**
 * What a schedule is: when it is due, which job it makes then, and what becomes of an instant that comes at a bad time.
 */
import * as t from 'io-ts'
import { Id, nullable, Positive, Text } from '../codec/index.js'
import { Work } from '../job/spec.js'

/** When the schedule's previous job is not over: `skip` the instant, let one wait (`queue-one`), or make the job all the same (`allow`). */
export const Overlap = t.keyof({ skip: null, 'queue-one': null, allow: null })

/** Of the instants that passed while nobody looked, fire the last (`once`), none (`skip`), or up to ten (`all`). */
export const Missed = t.keyof({ once: null, skip: null, all: null })

/** `windowMs`: how late an instant may still fire; null for until the next one is due. */
export const ScheduleDefinition = t.readonly(
  t.type({
    name: Text,
    cron: Text,
    timeZone: Text,
    enabled: t.boolean,
    job: t.readonly(t.type({ work: Work, repositoryId: nullable(Id) })),
    overlap: Overlap,
    missed: Missed,
    windowMs: nullable(Positive),
  }),
  'ScheduleDefinition',
)
export type ScheduleDefinition = t.TypeOf<typeof ScheduleDefinition>
