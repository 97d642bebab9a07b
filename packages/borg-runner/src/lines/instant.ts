/** Borg tells its local time, which is UTC here, and no zone. */
export const instantOf = (start: string): string => {
  const at = new Date(/(?:Z|[+-]\d\d:\d\d)$/.test(start) ? start : `${start}Z`)
  return new Date(Number.isNaN(at.getTime()) ? 0 : at).toISOString()
}
