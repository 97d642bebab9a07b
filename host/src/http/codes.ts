/** The one table from an error's code to its HTTP status. */
import type { ContentfulStatusCode } from 'hono/utils/http-status'

const byCode: Readonly<Record<string, ContentfulStatusCode>> = {
  'malformed-request': 400,
  'not-authenticated': 401,
  'not-permitted': 403,
  'route-not-found': 404,
  'job-not-found': 404,
  'repository-not-found': 404,
  'tick-not-found': 404,
  'script-not-found': 404,
  'notification-target-not-found': 404,
  'schedule-not-found': 404,
  'secret-not-found': 404,
  'token-not-found': 404,
  'method-not-allowed': 405,
  'repository-busy': 409,
  'limit-reached': 409,
  'job-running': 409,
  'already-finished': 409,
  'interrupting-is-unsafe': 409,
  'process-alive': 409,
  'not-unattended': 409,
  'repository-already-registered': 409,
  'script-in-use': 409,
  'id-taken': 409,
  'schedule-moved': 409,
  'idempotency-key-in-use': 409,
  'secret-store-disabled': 409,
  'entry-deleted': 410,
  'log-removed': 410,
  'body-too-large': 413,
  'range-not-satisfiable': 416,
  'invalid-body': 422,
  'idempotency-key-reused': 422,
  'too-many-requests': 429,
  'internal-error': 500,
  'store-busy': 503,
  'store-full': 503,
  'read-only': 503,
}

/** Any other code is borg's answer to something that was asked of it at once, such as making a repository: understood, and cannot be done. */
export const statusOf = (code: string): ContentfulStatusCode => byCode[code] ?? 422

/** Seconds after which trying again makes sense; null when it does not. */
export const retryAfterOf = (code: string): number | null => {
  if (code === 'store-busy') return 1
  if (code === 'too-many-requests') return 10
  return code === 'store-full' || code === 'read-only' ? 30 : null
}
