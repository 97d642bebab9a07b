/**
 * Who asks, and what they may do: one of `metrics` sees the metrics alone, a viewer reads, an operator also starts and cancels, an admin does
 * everything.
 */
const ranks = { metrics: 0, viewer: 1, operator: 2, admin: 3 } as const

export type Role = keyof typeof ranks

export interface Principal {
  /** Recorded with everything that they cause, such as `user:admin`. */
  readonly actor: string
  readonly role: Role
}

export const mayActAs = (principal: Principal, needed: Role): boolean => ranks[principal.role] >= ranks[needed]
