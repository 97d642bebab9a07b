/**
 * Rules of targets and deliveries: an id is given once, a target is told only of repositories that are there, an attempt is heard once.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Refusal } from '../refusal.js'
import type { RepositoryState } from '../repository/state.js'
import type { NotificationCommand, NotificationCommandOf } from './commands.js'
import type { NotificationEvent } from './events.js'
import { queueTest } from './queue.js'
import { retryAfterMsOf } from './retry.js'
import type { NotificationState, TargetState } from './state.js'

interface Known {
  readonly notifications: NotificationState
  readonly repositories: ReadonlyMap<string, RepositoryState>
}
type Decision = E.Either<Refusal, ReadonlyArray<NotificationEvent>>

/** Left: `IdTaken` (add), `InvalidBody` (add, change: a repository that is not there), `NotificationTargetNotFound` (the others but a report). */
export const decideNotification = (command: NotificationCommand, known: Known, at: string): Decision => {
  switch (command.type) {
    case 'AddNotificationTarget':
      return add(command, known)
    case 'ChangeNotificationTarget':
      return change(command, known)
    case 'RemoveNotificationTarget':
      return withTarget(command.targetId, known, ({ targetId }) => E.right(remove(targetId, known.notifications)))
    case 'TestNotificationTarget':
      return withTarget(command.targetId, known, ({ targetId }) => E.right(queueTest(targetId, command.testId, known.notifications)))
    case 'ReportDelivery':
      return E.right(hearOf(command, known.notifications, at))
  }
}

const add = (command: NotificationCommandOf<'AddNotificationTarget'>, known: Known): Decision => {
  const { type: _, ...target } = command
  if (known.notifications.targets.has(target.targetId)) return E.left({ tag: 'IdTaken', id: target.targetId })
  return strangeRepositories(target, [], known) ?? E.right([{ type: 'NotificationTargetAdded', ...target }])
}

const change = (command: NotificationCommandOf<'ChangeNotificationTarget'>, known: Known): Decision => {
  const { type: _, ...target } = command
  return withTarget(target.targetId, known, (before) => {
    if (isSame(before, target)) return E.right([])
    const named = before.repositories === 'all' ? [] : before.repositories
    return strangeRepositories(target, named, known) ?? E.right([{ type: 'NotificationTargetChanged', ...target }])
  })
}

/** Field by field: in which order they were sent makes no difference. */
const isSame = (before: TargetState, after: TargetState): boolean =>
  (Object.keys(before) as ReadonlyArray<keyof TargetState>).every((key) => JSON.stringify(before[key]) === JSON.stringify(after[key]))

/** A misspelt id would keep the target from hearing anything. One that was `named` before may have been removed since. */
const strangeRepositories = ({ repositories }: TargetState, named: ReadonlyArray<string>, known: Known): Decision | null => {
  const ids = repositories === 'all' ? [] : repositories
  const problems = ids.flatMap((id, index) =>
    known.repositories.has(id) || named.includes(id)
      ? []
      : [{ path: `repositories.${index}`, message: `expected the id of a repository, got ${JSON.stringify(id)}` }],
  )
  return problems.length === 0 ? null : E.left({ tag: 'InvalidBody', problems })
}

const withTarget = (targetId: string, { notifications }: Known, then: (target: TargetState) => Decision): Decision => {
  const target = notifications.targets.get(targetId)
  return target === undefined ? E.left({ tag: 'NotificationTargetNotFound', targetId }) : then(target)
}

const remove = (targetId: string, { outbox }: NotificationState): ReadonlyArray<NotificationEvent> => {
  const left = [...outbox.values()].filter((delivery) => delivery.targetId === targetId)
  return [
    ...left.map(({ deliveryId }): NotificationEvent => ({ type: 'DeliveryDropped', deliveryId, targetId })),
    { type: 'NotificationTargetRemoved', targetId },
  ]
}

/** An attempt that was heard of, or whose delivery is over, says nothing new. */
const hearOf = (
  { deliveryId, attempt, problem }: NotificationCommandOf<'ReportDelivery'>,
  { outbox }: NotificationState,
  at: string,
): ReadonlyArray<NotificationEvent> => {
  const delivery = outbox.get(deliveryId)
  if (delivery === undefined || attempt !== delivery.attempts + 1) return []
  const { targetId } = delivery
  if (problem === null) return [{ type: 'Delivered', deliveryId, targetId, attempt }]
  const retryAfterMs = retryAfterMsOf(delivery, attempt, problem, at)
  return [{ type: 'DeliveryFailed', deliveryId, targetId, attempt, error: problem.message, retryAfterMs }]
}
