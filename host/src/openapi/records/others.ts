/** Scripts, notification targets, deliveries, tokens and events, as they are answered. */
import { Count, closed, Instant, Notification, nullable, Occasion, Repositories, TokenRole } from '@borgledger/domain'
import type { CreatedToken, Delivery, EventRecord, Health, NotificationTarget, Script, Token } from 'borgledger'
import * as t from 'io-ts'
import { recordOf, textOrNull, texts } from './shape.js'

/** `body` or `argv`, one of them. */
export const ScriptRecord = recordOf<Script>()(
  closed(
    'a script',
    { id: t.string, name: t.string, timeoutMs: Count, env: t.record(t.string, t.string) },
    { body: t.string, argv: texts },
  ),
)

export const TargetRecord = recordOf<Omit<NotificationTarget, 'config'> & { readonly config: { readonly [field: string]: unknown } }>()(
  closed(
    'a notification target',
    {
      id: t.string,
      name: t.string,
      kind: t.keyof({ webhook: null, smtp: null, ntfy: null, apprise: null }),
      config: t.UnknownRecord,
      events: t.readonlyArray(Occasion),
      repositories: Repositories,
      position: Count,
    },
    {},
  ),
)

export const DeliveryRecord = recordOf<Delivery>()(
  closed(
    'a delivery',
    {
      id: t.string,
      targetId: t.string,
      notification: Notification,
      jobId: textOrNull,
      repositoryId: textOrNull,
      scheduleId: textOrNull,
      state: t.keyof({ queued: null, delivered: null, failed: null, dropped: null }),
      attempts: Count,
      error: textOrNull,
      queuedAt: Instant,
      lastAttemptAt: nullable(Instant),
      nextAttemptAt: nullable(Instant),
      position: Count,
    },
    {},
  ),
)

const token = {
  id: t.string,
  name: t.string,
  role: TokenRole,
  createdAt: Instant,
  createdBy: t.string,
  expiresAt: nullable(Instant),
  lastUsedAt: nullable(Instant),
}
export const TokenRecord = recordOf<Token>()(closed('a token', token, {}))

/** `secret` is told this once; null where the same idempotency key had made the token before. */
export const CreatedTokenRecord = recordOf<CreatedToken>()(closed('a token with its secret', { ...token, secret: textOrNull }, {}))

/** `data`: by type; the catalogue of events tells which fields it has. */
export const EventRecorded = recordOf<Omit<EventRecord, 'data'> & { readonly data: { readonly [field: string]: unknown } }>()(
  closed(
    'an event',
    {
      position: Count,
      id: t.string,
      type: t.string,
      at: Instant,
      actor: t.string,
      tags: texts,
      data: t.UnknownRecord,
      commitId: t.string,
      correlationId: t.string,
      causationId: textOrNull,
    },
    {},
  ),
)

export const HealthRecord = recordOf<Health>()(closed('how the ledger is', { ok: t.boolean, problems: texts }, {}))

/** RFC 9457. `errors`: of a body, each field that is wrong; `jobs`: of a conflict, those in the way. */
export const ProblemRecord = closed(
  'a problem',
  { type: t.string, title: t.string, status: Count, detail: t.string, code: t.string },
  { errors: t.readonlyArray(closed('a wrong field', { path: t.string, message: t.string }, {})), jobs: texts },
)
