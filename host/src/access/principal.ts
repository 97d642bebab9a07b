/** Who asks, and what they may do: a viewer reads, an operator also starts and cancels, an admin does everything. */
const ranks = { viewer: 0, operator: 1, admin: 2 } as const

export type Role = keyof typeof ranks

export interface Principal {
  /** Recorded with everything that they cause, such as `user:admin`. */
  readonly actor: string
  readonly role: Role
}

export const mayActAs = (principal: Principal, needed: Role): boolean => ranks[principal.role] >= ranks[needed]
