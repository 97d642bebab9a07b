/**
 * Which locations are remote, by borg's own rule: `ssh://…`, `user@host:path` and `host:path`; everything else is a path here.
 */
export const isRemote = (location: string): boolean => {
  if (location.startsWith('ssh://')) return true
  if (location.startsWith('file://') || location.startsWith('/') || location.startsWith('.')) return false
  return /^(?:[^/:@]+@)?[^/:]+:./.test(location)
}
