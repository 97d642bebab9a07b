/** Why a file of the data directory could not be opened, as a sentence that says what to put right. */
import type { ReadModelsUnavailable } from '@borgledger/readmodels-sqlite'
import type { OpenError } from 'eventstore-adapter-sqlite'

export type CannotBeOpened = OpenError | ReadModelsUnavailable

export const sayOpenError = (error: CannotBeOpened): string => {
  switch (error.tag) {
    case 'MissingDirectory':
      return `there is no directory ${error.directory}`
    case 'NetworkFileSystem':
      return `${error.directory} lies on ${error.fileSystem}, whose locks cannot be relied upon; use a local disk`
    case 'NotALog':
      return `${error.file} is no event log: ${error.detail}`
    case 'NewerSchema':
      return `it was written by a newer version (schema ${error.found}; this one knows ${error.known})`
    case 'Busy':
      return `another process kept it locked for ${error.waitedMs} ms`
    case 'Corrupt':
      return error.position === null ? `it is damaged: ${error.detail}` : `it is damaged at position ${error.position}: ${error.detail}`
    case 'Full':
      return `there is no space: ${error.detail}`
    case 'ReadOnly':
    case 'NotDurable':
    case 'CannotOpen':
    case 'ReadModelsUnavailable':
      return error.detail
  }
}
