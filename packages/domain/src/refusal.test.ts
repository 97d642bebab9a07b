import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type Refusal, refusalCode, sayRefusal } from './refusal.js'

type Samples = { readonly [T in Refusal['tag']]: readonly [Extract<Refusal, { readonly tag: T }>, string] }

const samples: Samples = {
  JobNotFound: [{ tag: 'JobNotFound', jobId: 'j' }, 'there is no job j'],
  EntryDeleted: [{ tag: 'EntryDeleted', jobId: 'j' }, 'the entry of job j was deleted'],
  JobIdTaken: [{ tag: 'JobIdTaken', jobId: 'j' }, 'there is a job j already'],
  JobRunning: [{ tag: 'JobRunning', jobId: 'j' }, 'job j is running'],
  AlreadyFinished: [{ tag: 'AlreadyFinished', jobId: 'j', status: 'failed' }, 'job j is failed already'],
  InterruptingIsUnsafe: [
    { tag: 'InterruptingIsUnsafe', jobId: 'j' },
    'stopping job j half-way may harm the repository; an admin may force it',
  ],
  NotUnattended: [{ tag: 'NotUnattended', jobId: 'j' }, 'job j is not unattended: its end is seen, and not said'],
  ProcessAlive: [{ tag: 'ProcessAlive', jobId: 'j' }, 'the process of job j is alive'],
  RepositoryNotFound: [{ tag: 'RepositoryNotFound', repositoryId: 'r' }, 'there is no repository r'],
  RepositoryBusy: [{ tag: 'RepositoryBusy', repositoryId: 'r', jobs: ['a', 'b'] }, 'repository r is in use by a, b'],
  LimitReached: [{ tag: 'LimitReached', jobs: ['a'] }, 'the limit for such jobs is reached by a'],
  RepositoryAlreadyRegistered: [
    { tag: 'RepositoryAlreadyRegistered', repositoryId: 'r' },
    'this borg repository is registered already, as r',
  ],
  NotificationTargetNotFound: [{ tag: 'NotificationTargetNotFound', targetId: 't' }, 'there is no notification target t'],
  ScriptNotFound: [{ tag: 'ScriptNotFound', scriptId: 'stop-db' }, 'there is no script stop-db'],
  ScriptInUse: [{ tag: 'ScriptInUse', scriptId: 'stop-db', jobs: ['job_1'] }, 'script stop-db is named by job_1'],
  IdTaken: [{ tag: 'IdTaken', id: 'r' }, 'the id r is taken'],
  ScheduleNotFound: [{ tag: 'ScheduleNotFound', scheduleId: 's' }, 'there is no schedule s'],
  ScheduleMoved: [{ tag: 'ScheduleMoved', scheduleId: 's' }, 'schedule s changed meanwhile; try again'],
  TokenNotFound: [{ tag: 'TokenNotFound', tokenId: 'ci' }, 'there is no token ci'],
  TokenNameTaken: [{ tag: 'TokenNameTaken', name: 'ci' }, 'there is a token called ci already'],
  IdempotencyKeyReused: [{ tag: 'IdempotencyKeyReused' }, 'this idempotency key was used before with another body'],
  InvalidBody: [
    {
      tag: 'InvalidBody',
      problems: [
        { path: 'a.b', message: 'expected x, got 1' },
        { path: '', message: 'expected y' },
      ],
    },
    'a.b: expected x, got 1; expected y',
  ],
}

for (const [tag, [refusal, sentence]] of Object.entries(samples) as ReadonlyArray<[string, readonly [Refusal, string]]>) {
  test(`${tag} is said in one sentence that a person can act on`, () => {
    assert.is(sayRefusal(refusal), sentence)
  })
}

test('a limit that nobody holds is a limit of 0', () => {
  assert.is(sayRefusal({ tag: 'LimitReached', jobs: [] }), 'the limit for such jobs is 0')
})

test('a refusal is called by a code of small letters', () => {
  assert.is(refusalCode({ tag: 'RepositoryNotFound', repositoryId: 'r' }), 'repository-not-found')
  assert.is(refusalCode({ tag: 'JobIdTaken', jobId: 'j' }), 'id-taken')
  assert.is(refusalCode({ tag: 'TokenNameTaken', name: 'ci' }), 'id-taken')
})

test.run()
