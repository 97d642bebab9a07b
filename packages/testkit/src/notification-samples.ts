/**
 * Events of notification targets and deliveries, with defaults and as samples of every shape.
 */
import type { EventOf, EventType } from '@borgledger/domain'

type Target = Omit<EventOf<'NotificationTargetAdded'>, 'type'>
type Queued = EventOf<'NotificationQueued'>

/** A signed webhook that is told of every failed backup. */
export const targetAdded = (targetId = 'phone', over: Partial<Target> = {}): EventOf<'NotificationTargetAdded'> => ({
  type: 'NotificationTargetAdded',
  targetId,
  name: targetId,
  channel: { kind: 'webhook', config: { url: 'https://hooks.example/x', secret: { env: 'HOOK_SECRET' } } },
  occasions: ['backup-failure'],
  repositories: 'all',
  ...over,
})

/** Of `job_1`, a backup of `laptop` that failed, to target `phone`; `about` is what differs from that. */
export const notificationQueued = (
  { notification = 'backup-failure', targetId = 'phone' }: Partial<Pick<Queued, 'notification' | 'targetId'>> = {},
  about: Partial<Queued['about']> = {},
): Queued => {
  const whole = { jobId: 'job_1', repositoryId: 'laptop', scheduleId: null, detail: null, ...about }
  const deliveryId = `${whole.jobId ?? 'test_1'}:${notification}:${targetId}`
  return { type: 'NotificationQueued', deliveryId, targetId, notification, about: whole }
}

const { type: _, ...phone } = targetAdded()
const failed = {
  type: 'DeliveryFailed',
  deliveryId: 'job_1:backup-failure:phone',
  targetId: 'phone',
  attempt: 1,
  error: 'HTTP 500',
} as const
type NotificationEventType = Extract<EventType, `NotificationTarget${string}` | `Deliver${string}` | 'NotificationQueued'>

export const everyNotificationEvent: { readonly [T in NotificationEventType]: readonly [EventOf<T>, ...ReadonlyArray<EventOf<T>>] } = {
  NotificationTargetAdded: [
    targetAdded(),
    targetAdded('plain', { channel: { kind: 'webhook', config: { url: { secret: 'hook-address' } } }, repositories: ['laptop'] }),
    targetAdded('mail', {
      channel: {
        kind: 'smtp',
        config: {
          host: 'mail.example',
          port: 465,
          security: 'tls',
          user: 'borg',
          password: { file: '/run/mail-pass' },
          from: 'borg@example.org',
          to: ['anna@example.org'],
        },
      },
      occasions: ['backup-start', 'backup-success', 'backup-warning', 'schedule-failure'],
    }),
    targetAdded('topic', {
      channel: { kind: 'ntfy', config: { server: 'https://ntfy.example', topic: 'backups', token: { command: ['pass', 'ntfy'] } } },
      occasions: ['restore-success', 'restore-failure', 'check-success', 'check-failure'],
    }),
    targetAdded('chat', {
      channel: { kind: 'apprise', config: { urls: { secret: 'chat' } } },
      occasions: ['restore-check-success', 'restore-check-failure'],
    }),
  ],
  NotificationTargetChanged: [{ type: 'NotificationTargetChanged', ...phone, occasions: [] }],
  NotificationTargetRemoved: [{ type: 'NotificationTargetRemoved', targetId: 'phone' }],
  NotificationQueued: [
    notificationQueued(),
    notificationQueued({ notification: 'test' }, { jobId: null, repositoryId: null }),
    notificationQueued({ notification: 'schedule-failure' }, { jobId: null, scheduleId: 'every-night', detail: 'no such repository' }),
  ],
  Delivered: [{ type: 'Delivered', deliveryId: 'job_1:backup-failure:phone', targetId: 'phone', attempt: 1 }],
  DeliveryFailed: [
    { ...failed, retryAfterMs: 10_000 },
    { ...failed, attempt: 3, retryAfterMs: null },
  ],
  DeliveryDropped: [{ type: 'DeliveryDropped', deliveryId: 'job_1:backup-failure:phone', targetId: 'phone' }],
}
