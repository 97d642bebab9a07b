/** What stands where in a data directory. */
import { join } from 'node:path'

export interface Layout {
  readonly root: string
  /** The event log: the truth. */
  readonly log: string
  /** The read models: disposable. */
  readonly readModels: string
  /** Held by the owner as long as it lives. */
  readonly ownerLock: string
  /** Who the owner is, for those who find the lock taken. */
  readonly owner: string
  readonly installId: string
  /** Signs heads of the log. */
  readonly auditKey: string
  readonly secrets: string
}

export const layoutOf = (root: string): Layout => ({
  root,
  log: join(root, 'log.db'),
  readModels: join(root, 'read-models.db'),
  ownerLock: join(root, 'owner.lock'),
  owner: join(root, 'owner.json'),
  installId: join(root, 'install-id'),
  auditKey: join(root, 'audit-key.pem'),
  secrets: join(root, 'secrets'),
})
