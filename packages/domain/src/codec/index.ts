/** How stored and sent things are decoded, and how what is wrong with them is said. */
export { type Closed, closed } from './closed.js'
export { decodeWith, type Problem, problemsOf } from './problems.js'
export {
  AbsolutePath,
  ArchiveName,
  Compression,
  Count,
  Id,
  Instant,
  nullable,
  Percent,
  Positive,
  SeriesName,
  someOf,
  Text,
} from './text.js'
