/**
 * Who asks, and what they may do: one of `metrics` sees the metrics alone, a viewer reads, an operator also starts and cancels, an admin does
 * everything.
 */
import type { TokenRole } from 'borgledger'

const ranks: Readonly<Record<TokenRole, number>> = { metrics: 0, viewer: 1, operator: 2, admin: 3 }

export type Role = TokenRole

export interface Principal {
  /** Recorded with everything that they cause, such as `user:admin`. */
  readonly actor: string
  readonly role: Role
}

export const mayActAs = (principal: Principal, needed: Role): boolean => ranks[principal.role] >= ranks[needed]
