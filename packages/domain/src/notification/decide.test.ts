import { afterFirst, given, notificationQueued, repositoryRegistered, targetAdded } from '@borgledger/testkit'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import type { Command } from '../command.js'
import type { DomainEvent } from '../event.js'
import type { NotificationCommandOf } from './commands.js'

const { type: _, ...phone } = targetAdded()
const add = (over: Partial<typeof phone> = {}): Command => ({ type: 'AddNotificationTarget', ...phone, ...over })
const change = (over: Partial<typeof phone> = {}): Command => ({ type: 'ChangeNotificationTarget', ...phone, ...over })
const remove: Command = { type: 'RemoveNotificationTarget', targetId: 'phone' }
const test1: Command = { type: 'TestNotificationTarget', targetId: 'phone', testId: 'test_1' }
const { deliveryId } = notificationQueued()
const report = (attempt: number, problem: NotificationCommandOf<'ReportDelivery'>['problem'] = null): Command => ({
  type: 'ReportDelivery',
  deliveryId,
  attempt,
  problem,
})
const down = { message: 'HTTP 500', permanent: false }
const refused = { message: 'HTTP 404', permanent: true }
const failed = (attempt: number, retryAfterMs: number | null, error = 'HTTP 500'): DomainEvent => ({
  type: 'DeliveryFailed',
  deliveryId,
  targetId: 'phone',
  attempt,
  error,
  retryAfterMs,
})
const scene = given(targetAdded())
const waiting = given(targetAdded(), notificationQueued())

test('a target is added, changed and removed', () => {
  given().when(add()).thenExactly(targetAdded())
  scene.when(change({ name: 'P' })).thenExactly({ type: 'NotificationTargetChanged', ...phone, name: 'P' })
  scene.when(change()).thenNothing()
  scene.when(remove).thenExactly({ type: 'NotificationTargetRemoved', targetId: 'phone' })
})

test('an id is given once, and what is not there is not changed, removed or tested', () => {
  scene.when(add({ name: 'other' })).thenRefused('IdTaken', { id: 'phone' })
  for (const command of [change(), remove, test1]) given().when(command).thenRefused('NotificationTargetNotFound', { targetId: 'phone' })
})

test('a target that names a repository which is not there is refused, unless that was named before it went', () => {
  const problems = [{ path: 'repositories.1', message: 'expected the id of a repository, got "desk"' }]
  const named = { repositories: ['laptop', 'desk'] }
  given(repositoryRegistered()).when(add(named)).thenRefused('InvalidBody', { problems })
  given(repositoryRegistered(), targetAdded()).when(change(named)).thenRefused('InvalidBody', { problems })
  given(repositoryRegistered(), targetAdded('phone', named))
    .when(change({ ...named, name: 'P' }))
    .thenTypes('NotificationTargetChanged')
})

test('a test is queued once under its id', () => {
  scene.when(test1).thenExactly(notificationQueued({ notification: 'test' }, { jobId: null, repositoryId: null }))
})

test('a removed target takes what waits for it along, and leaves what waits for others', () => {
  given(targetAdded(), targetAdded('mail'), notificationQueued(), notificationQueued({ targetId: 'mail' }))
    .when(remove)
    .thenExactly({ type: 'DeliveryDropped', deliveryId, targetId: 'phone' }, { type: 'NotificationTargetRemoved', targetId: 'phone' })
})

test('an attempt is heard once: when it is told again, or after the end, it says nothing new', () => {
  waiting.when(report(1)).thenExactly({ type: 'Delivered', deliveryId, targetId: 'phone', attempt: 1 })
  given(targetAdded(), notificationQueued(), failed(1, 10_000)).when(report(1, down)).thenNothing()
  given(targetAdded()).when(report(1)).thenNothing()
})

/** What is decided when the nth attempt fails, `ms` after the first did. */
const retryAfter = (attempt: number, ms: number, problem = down): number | null | undefined => {
  const before = attempt === 1 ? [] : [failed(attempt - 1, 0)]
  const { decision } = given(targetAdded(), notificationQueued(), before).when(report(attempt, problem), { at: afterFirst(ms) })
  const [event] = E.isRight(decision) ? decision.right : []
  return event?.type === 'DeliveryFailed' ? event.retryAfterMs : undefined
}

test('a failed attempt is followed by another after a pause that doubles up to an hour', () => {
  assert.equal(
    [1, 2, 3, 9, 10, 50].map((attempt) => retryAfter(attempt, 0)),
    [10_000, 20_000, 40_000, 2_560_000, 3_600_000, 3_600_000],
  )
})

test('a target that fails for a day is given up then, and not a millisecond before', () => {
  const dayMs = 24 * 3_600_000
  assert.is(retryAfter(30, dayMs - 1), 3_600_000)
  assert.is(retryAfter(30, dayMs), null)
  assert.is(retryAfter(1, dayMs), 10_000)
})

test('a target that refuses is given up after three attempts', () => {
  assert.equal(
    [1, 2, 3].map((attempt) => retryAfter(attempt, 0, refused)),
    [10_000, 20_000, null],
  )
})

test('what is given up is not attempted again', () => {
  given(targetAdded(), notificationQueued(), failed(1, 0), failed(2, 0), failed(3, null)).when(report(4)).thenNothing()
})

test.run()
