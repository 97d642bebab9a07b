/** Adding notification targets, changing, removing and testing them; and what became of what they were told. */
import { type Delivery, type NotificationTarget, testDeliveryIdOf } from '@borgledger/domain'
import type { DeliveriesQuery, Engine, Ids, Page, ReadModels, Submission } from '@borgledger/engine'
import * as E from 'fp-ts/lib/Either.js'
import { type Caller, keyUseOf } from '../caller.js'
import type { KeysInUse } from '../keys-in-use.js'
import { fromSubmitError } from '../ledger-error.js'
import { failure, invalidBody, ok, type Result } from '../result.js'
import { decodeTargetBody, decodeTargetPatch } from './target-body.js'

export interface TargetsDeps {
  readonly engine: Engine
  readonly readModels: ReadModels
  readonly ids: Ids
  readonly keys: KeysInUse
}

export interface Targets {
  readonly add: (body: unknown, caller: Caller) => Promise<Result<NotificationTarget>>
  readonly change: (targetId: string, patch: unknown, caller: Caller) => Promise<Result<NotificationTarget>>
  readonly remove: (targetId: string, caller: Caller) => Promise<Result<void>>
  readonly get: (targetId: string) => Promise<Result<NotificationTarget>>
  readonly list: () => Promise<ReadonlyArray<NotificationTarget>>
  readonly test: (targetId: string, caller: Caller) => Promise<Result<Delivery>>
  readonly deliveries: (query?: Partial<DeliveriesQuery>) => Promise<Result<Page<Delivery>>>
}

export const createTargets = (deps: TargetsDeps): Targets => ({
  add: (body, caller) => deps.keys.hold(caller, () => add(deps, body, caller)),
  change: (targetId, patch, caller) => change(deps, targetId, patch, caller),
  remove: async (targetId, { actor }) => {
    const submitted = await submit(deps, { command: { type: 'RemoveNotificationTarget', targetId }, actor })
    return submitted.ok ? ok(undefined) : submitted
  },
  get: (targetId) => recordOf(deps, targetId),
  list: async () => {
    await caughtUp(deps)
    return deps.readModels.targets()
  },
  test: (targetId, caller) => deps.keys.hold(caller, () => test(deps, targetId, caller)),
  deliveries: async (query = {}) => {
    await caughtUp(deps)
    const page = await deps.readModels.deliveries({ limit: 50, ...query })()
    return E.isLeft(page) ? failure({ code: 'malformed-request', message: 'cursor: expected what nextCursor said' }) : ok(page.right)
  },
})

const add = async (deps: TargetsDeps, body: unknown, caller: Caller): Promise<Result<NotificationTarget>> => {
  const decoded = decodeTargetBody(body)
  if (E.isLeft(decoded)) return failure(invalidBody(decoded.left))
  const targetId = decoded.right.id ?? `target-${deps.ids.fresh()}`
  const command = { type: 'AddNotificationTarget', targetId, ...decoded.right.shape } as const
  const submitted = await submit(deps, { command, actor: caller.actor, ...keyUseOf(caller, 'notification-target', body, targetId) })
  return submitted.ok ? recordOf(deps, submitted.value ?? targetId) : submitted
}

const change = async (deps: TargetsDeps, targetId: string, patch: unknown, caller: Caller): Promise<Result<NotificationTarget>> => {
  const known = deps.engine.state().notifications.targets.get(targetId)
  if (known === undefined) return notFound(targetId)
  const decoded = decodeTargetPatch(patch, known)
  if (E.isLeft(decoded)) return failure(invalidBody(decoded.left))
  const command = { type: 'ChangeNotificationTarget', ...decoded.right, targetId } as const
  const submitted = await submit(deps, { command, actor: caller.actor })
  return submitted.ok ? recordOf(deps, targetId) : submitted
}

const test = async (deps: TargetsDeps, targetId: string, caller: Caller): Promise<Result<Delivery>> => {
  const testId = `test-${deps.ids.fresh()}`
  const deliveryId = testDeliveryIdOf(targetId, testId)
  const command = { type: 'TestNotificationTarget', targetId, testId } as const
  const submitted = await submit(deps, { command, actor: caller.actor, ...keyUseOf(caller, 'notification-test', { targetId }, deliveryId) })
  if (!submitted.ok) return submitted
  await caughtUp(deps)
  const delivery = await deps.readModels.delivery(submitted.value ?? deliveryId)()
  return delivery === null ? failure({ code: 'internal-error', message: 'the read models are behind the log' }) : ok(delivery)
}

/** The id that the same key made before, or null. */
const submit = async ({ engine }: TargetsDeps, submission: Submission): Promise<Result<string | null>> => {
  const submitted = await engine.submit(submission)()
  return E.isLeft(submitted) ? failure(fromSubmitError(submitted.left)) : ok(submitted.right.madeBefore)
}

/** Sees every command that was answered before. */
const caughtUp = ({ engine }: TargetsDeps): Promise<void> => engine.projector.reached(engine.state().position)

const recordOf = async (deps: TargetsDeps, targetId: string): Promise<Result<NotificationTarget>> => {
  await caughtUp(deps)
  const found = await deps.readModels.target(targetId)()
  return found === null ? notFound(targetId) : ok(found)
}

const notFound = (targetId: string): Result<never> =>
  failure({ code: 'notification-target-not-found', message: `there is no notification target ${targetId}` })
