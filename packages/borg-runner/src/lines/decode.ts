/**
 * From a line of text to what it says. Never throws; see `line.ts` for why it is written by hand.
 */
import type { Line } from './line.js'

type Fields = Readonly<Record<string, unknown>>

/** A prompt that got no newline stands glued in front of the object that follows it. */
const glued = /\{"(?:type|message|operation|original_size|time|env_var)":/

/** One line without its newline. Two results for a prompt with an object glued to it; none for an empty line. */
export const decodeLine = (text: string): ReadonlyArray<Line> => {
  if (text.trim() === '') return []
  const whole = parse(text)
  if (whole !== null) return [decodeFields(whole, text)]
  const at = text.search(glued)
  const rest = at > 0 ? parse(text.slice(at)) : null
  if (rest === null) return [{ tag: 'text', text: wellFormed(text) }]
  return [{ tag: 'text', text: wellFormed(text.slice(0, at)) }, decodeFields(rest, text.slice(at))]
}

/** A line of what does not speak as borg does. */
export const decodePlain = (text: string): ReadonlyArray<Line> => (text.trim() === '' ? [] : [{ tag: 'text', text: wellFormed(text) }])

const parse = (text: string): Fields | null => {
  if (!text.startsWith('{')) return null
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Fields) : null
  } catch {
    return null
  }
}

const decodeFields = (fields: Fields, text: string): Line => {
  switch (fields['type']) {
    case 'archive_progress':
      return archiveProgress(fields)
    case 'progress_percent':
      return { tag: 'percent', msgid: textOf(fields, 'msgid'), current: countOf(fields, 'current'), total: countOf(fields, 'total') }
    case 'progress_message':
      return { tag: 'phase', msgid: textOf(fields, 'msgid'), finished: fields['finished'] === true }
    case 'log_message':
      return logMessage(fields)
    case 'file_status':
      return { tag: 'file', status: textOf(fields, 'status'), path: textOf(fields, 'path') }
    case 'question_prompt':
    case 'question_env_answer':
    case 'question_accepted_false':
    case 'question_accepted_true':
    case 'question_invalid_answer':
      return { tag: 'question', msgid: textOf(fields, 'msgid'), message: textOf(fields, 'message') }
    default:
      return { tag: 'text', text: wellFormed(text) }
  }
}

/** The last one of an archive says only that it is finished. */
const archiveProgress = (fields: Fields): Line =>
  typeof fields['original_size'] !== 'number'
    ? { tag: 'nothing' }
    : {
        tag: 'archive-progress',
        originalBytes: countOf(fields, 'original_size'),
        compressedBytes: countOf(fields, 'compressed_size'),
        deduplicatedBytes: countOf(fields, 'deduplicated_size'),
        files: countOf(fields, 'nfiles'),
        path: textOf(fields, 'path'),
      }

const logMessage = (fields: Fields): Line => {
  const logger = textOf(fields, 'name')
  if (logger === 'borg.output.progress') return { tag: 'nothing' }
  const time = fields['time']
  return {
    tag: 'log',
    level: textOf(fields, 'levelname'),
    logger,
    message: textOf(fields, 'message').replace(/^Remote: /, ''),
    msgid: typeof fields['msgid'] === 'string' ? fields['msgid'] : null,
    atMs: typeof time === 'number' && Number.isFinite(time) ? Math.floor(time * 1000) : null,
  }
}

const textOf = (fields: Fields, key: string): string => (typeof fields[key] === 'string' ? wellFormed(fields[key]) : '')

const countOf = (fields: Fields, key: string): number => {
  const value = fields[key]
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? Math.min(Math.floor(value), Number.MAX_SAFE_INTEGER) : 0
}

/** Borg 1.x hands on undecodable bytes of a path as lone surrogates, which no UTF-8 file and no database takes. */
const wellFormed = (text: string): string =>
  text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD')
