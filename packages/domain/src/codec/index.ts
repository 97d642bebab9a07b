/** How stored and sent things are decoded, and how what is wrong with them is said. */
export { type Closed, type ClosedFields, closed, closedFieldsOf } from './closed.js'
export { oneOf } from './one-of.js'
export { decodeWith, type Problem, problemsOf } from './problems.js'
export {
  AbsolutePath,
  ArchiveName,
  Compression,
  Count,
  Id,
  Instant,
  Interval,
  nullable,
  Percent,
  Port,
  Positive,
  refined,
  SeriesName,
  someOf,
  Text,
} from './text.js'
