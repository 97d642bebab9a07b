// How records read on the page.

const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']

/** Decimal, as borg says it. */
export const sayBytes = (bytes) => {
  const power = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1)
  return `${power === 0 ? bytes : (bytes / 1000 ** power).toFixed(2)} ${units[power]}`
}

const instant = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })
export const sayInstant = (at) => instant.format(new Date(at))
export const sayTime = (at) => new Date(at).toLocaleTimeString()

/** `0.8 s`, `3 min 5 s`, `2 h 10 min`. */
export const sayDuration = (from, to) => {
  const seconds = (Date.parse(to) - Date.parse(from)) / 1000
  if (seconds < 0.1) return 'under 0.1 s'
  if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`
  const minutes = Math.floor(seconds / 60)
  return minutes < 60 ? `${minutes} min ${Math.round(seconds % 60)} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

export const sayProgress = ({ files, originalBytes, deduplicatedBytes }) =>
  [
    files === undefined ? null : `${files.toLocaleString()} files`,
    originalBytes === undefined ? null : sayBytes(originalBytes),
    deduplicatedBytes === undefined ? null : `${sayBytes(deduplicatedBytes)} new`,
  ]
    .filter((text) => text !== null)
    .join(' · ')

/** The word for a job's state with its tone. */
export const stateOf = ({ state, outcome, unattended, stalledSince }) => {
  if (unattended) return { word: 'unattended', tone: 'warn' }
  // The last job of a repository is told of without it.
  if (typeof stalledSince === 'string') return { word: 'stalled', tone: 'warn' }
  if (state === 'completed')
    return outcome === 'warning' ? { word: 'completed (warning)', tone: 'warn' } : { word: 'completed', tone: 'good' }
  if (state === 'failed') return { word: 'failed', tone: 'bad' }
  return { word: state, tone: state === 'running' ? 'busy' : '' }
}

/** `Backup of laptop`. */
export const titleOf = ({ type, repositoryId }) => {
  const word = `${type.charAt(0).toUpperCase()}${type.slice(1).replaceAll('-', ' ')}`
  return repositoryId === null ? word : `${word} of ${repositoryId}`
}

const removals = { policy: 'by policy', age: 'for its age', cap: 'for room' }

/** Null for a log that is there, or that never was. */
export const sayLog = ({ log }) =>
  log.removed === undefined ? null : `removed ${removals[log.removed.reason] ?? ''}, ${sayInstant(log.removed.at)}`

/** `JobStarted` becomes `job started`. */
export const sayEvent = (type) => type.replace(/(?!^)[A-Z]/g, (letter) => ` ${letter}`).toLowerCase()

export const isOver = ({ state }) => state === 'completed' || state === 'failed' || state === 'cancelled'
