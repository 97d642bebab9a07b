/** Under which a tick is kept: its schedule and its first instant, neither of which holds the sign between them. */

export const tickKey = (scheduleId: string, dueAt: string): string => `${scheduleId}@${dueAt}`

export const tickKeyParts = (key: string): [scheduleId: string, dueAt: string] => {
  const at = key.indexOf('@')
  return [key.slice(0, at), key.slice(at + 1)]
}
