/** What the program's exit status says. */
export const exitStatus = { success: 0, failed: 1, wrongUsage: 2, cancelled: 3 } as const

export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus]
