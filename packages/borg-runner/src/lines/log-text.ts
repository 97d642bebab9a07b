/**
 * A decoded line as people read it in the job log: a UTC time, a level, the words. Progress has no text.
 */
import type { Line } from './line.js'

/** One entry with its newline; the further lines of a message are indented. Null: nothing for the log. */
export const logText = (line: Line, nowMs: number): string | null => {
  switch (line.tag) {
    case 'log':
      return line.logger === 'borg.output.stats' && line.message === '' ? null : entry(line.atMs ?? nowMs, line.level, line.message)
    case 'file':
      return entry(nowMs, 'INFO', `${line.status} ${line.path}`)
    case 'question':
      return entry(nowMs, 'WARNING', line.message)
    case 'text':
      return entry(nowMs, 'INFO', line.text)
    case 'archive-progress':
    case 'percent':
    case 'phase':
    case 'nothing':
      return null
  }
}

export const entry = (atMs: number, level: string, words: string): string => {
  const text = words.trim().replaceAll('\n', '\n    ')
  return `${timeOf(atMs)} ${(level || 'INFO').padEnd(7)} ${visible(text)}\n`
}

/** A time that no clock could have given is shown as the beginning of time rather than failing the log. */
const timeOf = (atMs: number): string => new Date(Math.abs(atMs) <= 8.64e15 ? atMs : 0).toISOString()

/** Control characters would end the line for some readers, or drive their terminal. */
const visible = (text: string): string =>
  text.replace(/[\x00-\x08\x0b-\x1f\x7f]/g, (control) => `\\x${control.charCodeAt(0).toString(16).padStart(2, '0')}`)
